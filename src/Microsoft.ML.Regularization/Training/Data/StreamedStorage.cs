using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Reads rows from the view whenever they are asked for, and keeps no more than a shuffle pool of them in memory.</summary>
internal sealed class StreamedStorage(
    IChannel channel, TrainingColumns columns, ValidationSplit split, FirstPassChecks checks, ReadingWatch watch, RowCaching caching)
    : RowStorage(channel, columns, split, checks, watch)
{
    private RowTable _pool = new(columns.FeatureCount, columns.Target.TargetSize);
    private Dataset? _training;

    public override Dataset Training => _training!;

    public override bool IsStreaming => true;

    public override bool TryLoad(TrainingView source)
    {
        Split.Fraction?.Choose(() => Classes(source));
        var startsWithOneClass = false;
        using (var reader = Begin(source.Open(epoch: 1, isMixed: true)))
        {
            while (reader.MoveNext())
            {
                Fingerprint.Add(reader);
                (Split.IsTrainedOn(reader) ? TrainingSummary : ValidationSummary).Add(reader);
                if (TrainingSummary.Count == caching.PoolRows)
                    startsWithOneClass = IsOfOneClass();
            }

            SkippedRows = reader.Skipped;
            Checks.CheckRows(reader, Split, TrainingSummary.Count, ValidationSummary.Count);
        }

        if (Split.OpenSet is { } openSet)
        {
            using var reader = Begin(openSet());
            while (reader.MoveNext())
            {
                ValidationFingerprint.Add(reader);
                ValidationSummary.Add(reader);
            }

            Checks.CheckValidationSet(reader, ValidationSummary.Count);
            Validation = new StreamedDataset(() => Begin(openSet()), ValidationSummary.Count, NewTable(), poolRows: 1, caching.Prefetches);
        }
        else if (ValidationSummary.Count > 0)
        {
            RowReader Open() => Begin(source.Open(epoch: 1, isMixed: true), row => !Split.IsTrainedOn(row));
            Validation = new StreamedDataset(Open, ValidationSummary.Count, NewTable(), poolRows: 1, caching.Prefetches);
        }

        if (startsWithOneClass && !IsOfOneClass())
        {
            Channel.Warning(
                $"The first {caching.PoolRows} training rows are of one class: rows that come sorted are not mixed by a pool of ShufflePoolRows rows. "
                + "Shuffle them before, in their file or by ml.Data.ShuffleRows with a larger pool.");
        }

        Read(source, epoch: 1, isMixed: true);
        return true;
    }

    public override void Read(TrainingView view, int epoch, bool isMixed)
    {
        if (_pool.IsSparse != IsSparse)
            _pool = NewTable();
        _training = new StreamedDataset(
            () => Begin(view.Open(epoch, isMixed), Split.IsTrainedOn), TrainingSummary.Count, _pool, caching.PoolRows, caching.Prefetches);
    }

    public override void Reload(TrainingView view)
    {
        TrainingSummary = NewSummary();
        using (var reader = Begin(view.Open(epoch: 1, isMixed: true), Split.IsTrainedOn))
        {
            while (reader.MoveNext())
                TrainingSummary.Add(reader);
        }

        Read(view, epoch: 1, isMixed: true);
    }

    private IEnumerable<(DataViewRowId Id, int Class)> Classes(TrainingView source)
    {
        using var reader = Begin(source.Open(epoch: 1, isMixed: true));
        while (reader.MoveNext())
            yield return (reader.Id, Target.StratumOf(reader.Label));
    }

    private bool IsOfOneClass() => Target.IsOfOneStratum(TrainingSummary);
}
