using System.Globalization;
using Microsoft.ML.Regularization.Splitting;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Keeps all rows in memory. Where training rows are augmented, every epoch reads them into the same memory anew.</summary>
internal sealed class MemoryStorage(
    IChannel channel, TrainingColumns columns, ValidationSplit split, FirstPassChecks checks, ReadingWatch watch, RowCaching caching)
    : RowStorage(channel, columns, split, checks, watch)
{
    private readonly long _budget = caching.Mode == DataCaching.Auto ? caching.EffectiveBudget : long.MaxValue;
    private readonly RowTable _training = new(columns.FeatureCount, columns.Target.TargetSize, columns.Input.Layout.MayBeSparse, packs: true);
    private readonly RowTable _validation = new(columns.FeatureCount, columns.Target.TargetSize, columns.Input.Layout.MayBeSparse, packs: true);

    public override Dataset Training => new MemoryDataset(_training, caching.CachedPoolRows);

    private double Megabytes => (_training.Bytes + _validation.Bytes) / RowCaching.Megabyte;

    public override bool IsStreaming => false;

    public override RowTable Table => _training;

    public override bool TryLoad(TrainingView source)
    {
        var ids = new RowIdList();
        using (var reader = Begin(source.Open(epoch: 1, isMixed: true)))
        {
            while (reader.MoveNext())
            {
                Fingerprint.Add(reader);
                if (!TryAdd(Split.IsMarked(reader) ? _validation : _training, reader))
                    return false;
                if (Split.Fraction is not null || caching.KeepsIds)
                    ids.Add(reader.Id);
            }

            SkippedRows = reader.Skipped;
            Checks.CheckRows(reader, Split, _training.Count, _validation.Count);
        }

        if (Split.OpenSet is { } openSet)
        {
            using var reader = Begin(openSet());
            while (reader.MoveNext())
            {
                ValidationFingerprint.Add(reader);
                if (!TryAdd(_validation, reader))
                    return false;
            }

            Checks.CheckValidationSet(reader, _validation.Count);
        }

        if (Split.Fraction is { } fraction)
            SetAside(fraction, ids);
        if (caching.KeepsIds)
            RowIds = ids;
        (TrainingSummary, ValidationSummary) = (RowSummary.Of(_training, MayBeSparse), RowSummary.Of(_validation));
        _training.Become(IsSparse);
        _validation.Become(IsSparse);
        if (caching.Mode == DataCaching.Auto)
        {
            Channel.Info(string.Create(
                CultureInfo.InvariantCulture, $"The {(IsSparse ? "sparse " : "")}rows are kept in memory, where they take {Megabytes:0.#} MB."));
        }

        Validation = new MemoryDataset(_validation);
        return true;
    }

    public override void Read(TrainingView view, int epoch, bool isMixed)
    {
        _training.Clear();
        using var reader = Begin(view.Open(epoch, isMixed), Split.IsTrainedOn);
        while (reader.MoveNext())
        {
            _training.Add(reader);
            _training.BecomeDenseWhereItIs();
        }
    }

    public override void Reload(TrainingView view)
    {
        Read(view, epoch: 1, isMixed: true);
        TrainingSummary = RowSummary.Of(_training, MayBeSparse);
        _training.Become(IsSparse);
    }

    private void SetAside(ValidationFraction fraction, RowIdList ids)
    {
        fraction.Choose(() => ids.Select((id, row) => (id, Target.StratumOf(_training.Label(row)))));
        _training.Move(row => fraction.Contains(ids[row]), _validation);
    }

    private bool TryAdd(RowTable table, RowReader row)
    {
        if (caching.Mode == DataCaching.Auto && (_training.Bytes + _validation.Bytes >= _budget || !table.HasRoom))
        {
            Channel.Info(string.Create(
                CultureInfo.InvariantCulture,
                $"The rows are read anew in every epoch: the first {_training.Count + (long)_validation.Count} take {Megabytes:0.#} MB, "
                + $"and no more may be kept in memory."));
            return false;
        }

        table.Add(row);
        table.BecomeDenseWhereItIs();
        return true;
    }
}
