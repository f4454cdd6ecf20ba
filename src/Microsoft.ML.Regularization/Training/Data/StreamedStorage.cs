using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Reads rows anew whenever they are asked for, and keeps no more than a shuffle pool of them.</summary>
internal sealed class StreamedStorage(
    IChannel channel, TrainingColumns columns, ValidationSplit split, FirstPassChecks checks, ReadingWatch watch, RowCaching caching)
    : RowStorage(channel, columns, split, checks, watch)
{
    private RowTable _pool = new(columns.FeatureCount, columns.Target.TargetSize);
    private Dataset? _training;

    public override Dataset Training => _training!;

    public override bool TryLoad(TrainingView source)
    {
        Split.Fraction?.Choose(() => Classes(source));
        var startsWithOneClass = false;
        using (var pass = Pass(source.Open(epoch: 1, isMixed: true)))
        {
            while (pass.MoveNext())
            {
                Fingerprint.Add(pass.Row);
                (Split.IsTrainedOn(pass.Row) ? TrainingSummary : ValidationSummary).Add(pass.Row);
                if (TrainingSummary.Count == caching.PoolRows)
                    startsWithOneClass = IsOfOneClass();
            }

            SkippedRows = pass.Row.Skipped;
            Checks.CheckRows(pass.Row, Split, TrainingSummary.Count, ValidationSummary.Count);
        }

        if (Split.OpenSet is { } openSet)
        {
            using var pass = Pass(openSet());
            while (pass.MoveNext())
            {
                ValidationFingerprint.Add(pass.Row);
                ValidationSummary.Add(pass.Row);
            }

            Checks.CheckValidationSet(pass.Row, ValidationSummary.Count);
            Validation = new StreamedDataset(() => Pass(openSet()), ValidationSummary.Count, NewTable(), poolRows: 1, caching.Prefetches);
        }
        else if (ValidationSummary.Count > 0)
        {
            RowPass Open() => Pass(source.Open(epoch: 1, isMixed: true), row => !Split.IsTrainedOn(row));
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
            () => Pass(view.Open(epoch, isMixed), Split.IsTrainedOn), TrainingSummary.Count, _pool, caching.PoolRows, caching.Prefetches);
    }

    public override void Reload(TrainingView view)
    {
        TrainingSummary = NewSummary();
        using (var pass = Pass(view.Open(epoch: 1, isMixed: true), Split.IsTrainedOn))
        {
            while (pass.MoveNext())
                TrainingSummary.Add(pass.Row);
        }

        Read(view, epoch: 1, isMixed: true);
    }

    private IEnumerable<(DataViewRowId Id, int Class)> Classes(TrainingView source)
    {
        using var pass = Pass(source.Open(epoch: 1, isMixed: true));
        while (pass.MoveNext())
            yield return (pass.Row.Id, Target.StratumOf(pass.Row.Label));
    }

    private bool IsOfOneClass() => Target.IsOfOneStratum(TrainingSummary);
}
