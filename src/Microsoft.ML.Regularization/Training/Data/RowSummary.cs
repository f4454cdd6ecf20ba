namespace Microsoft.ML.Regularization;

/// <summary>What training asks of all rows together, taken in row by row.</summary>
internal sealed class RowSummary(int targetSize)
{
    private double _mean;
    private double _squares;

    public long Count { get; private set; }

    /// <summary>Rows that weigh something.</summary>
    public long Weighed { get; private set; }

    /// <summary>Of features that may be sparse, how many are not 0.</summary>
    public long Values { get; private set; }

    /// <summary>The sum of the example weights.</summary>
    public double WeightSum { get; private set; }

    public double MeanWeight => WeightSum / Count;

    /// <summary>For each feature the number of rows that weigh something and lack it; empty where none lacks any.</summary>
    public long[] Gaps { get; private set; } = [];

    /// <summary>What the labels show of each class.</summary>
    public ClassCounts Classes { get; } = new(targetSize);

    /// <summary>Mean and standard deviation of a regression's targets, by their example weights.</summary>
    public TargetScale TargetScale => new(_mean, Math.Sqrt(_squares / WeightSum));

    /// <summary>The least of a regression's targets.</summary>
    public float LeastTarget { get; private set; } = float.PositiveInfinity;

    /// <summary>The greatest of a regression's targets.</summary>
    public float GreatestTarget { get; private set; } = float.NegativeInfinity;

    /// <param name="table">The rows.</param>
    /// <param name="mayBeSparse">Whether values are counted.</param>
    public static RowSummary Of(RowTable table, bool mayBeSparse = false)
    {
        var summary = new RowSummary(table.TargetSize);
        for (var row = 0; row < table.Count; row++)
        {
            summary.Add(table.Class(row), table.Target(row), table.Weight(row));
            if (mayBeSparse)
                summary.Values += table.Sparse(row).Length;
            if (table.HasGaps && table.Weight(row) > 0)
                summary.AddGaps(table, row);
        }

        return summary;
    }

    public void Add(RowReader row)
    {
        Add(row.Target.HasClass ? row.Target.Class : null, row.Target.Values, row.Weight);
        Values += row.Sparse.Length;
        if (row.HasGaps && row.Weight > 0)
            AddGaps(row.Features);
    }

    private void AddGaps(RowTable table, int row)
    {
        if (!table.IsSparse)
        {
            AddGaps(table.Features(row));
            return;
        }

        if (Gaps.Length == 0)
            Gaps = new long[table.FeatureCount];
        foreach (var (slot, value) in table.Sparse(row))
            Gaps[slot] += float.IsNaN(value) ? 1 : 0;
    }

    private void AddGaps(ReadOnlySpan<float> features)
    {
        if (Gaps.Length == 0)
            Gaps = new long[features.Length];
        for (var i = 0; i < features.Length; i++)
            Gaps[i] += float.IsNaN(features[i]) ? 1 : 0;
    }

    /// <param name="hardClass">The class where the label is hard; else null.</param>
    /// <param name="target">Where it is not, the distribution over the classes or the target.</param>
    /// <param name="weight">The example weight.</param>
    private void Add(int? hardClass, ReadOnlySpan<float> target, float weight)
    {
        Weighed += weight > 0 ? 1 : 0;
        Count++;
        WeightSum += weight;
        if (hardClass is { } k)
        {
            Classes.Add(k, weight);
            return;
        }

        Classes.Add(target, weight);
        if (targetSize > 1)
            return;

        (LeastTarget, GreatestTarget) = (Math.Min(LeastTarget, target[0]), Math.Max(GreatestTarget, target[0]));
        if (weight > 0)
        {
            // Welford's update, by weights (West, 1979): squares of large numbers that differ little would cancel.
            var difference = target[0] - _mean;
            _mean += weight / WeightSum * difference;
            _squares += weight * difference * (target[0] - _mean);
        }
    }
}
