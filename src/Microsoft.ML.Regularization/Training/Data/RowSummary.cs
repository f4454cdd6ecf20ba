using Microsoft.ML.Regularization.Tasks;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Counts over rows, added row by row: label counts, and the numbers of features that are missing or not 0.</summary>
/// <param name="targetSize">Numbers of a target: the classes, or 1 for a regression.</param>
internal sealed class RowSummary(int targetSize) : LabelSummary(targetSize)
{
    private float[]? _row;

    /// <summary>Of features that may be sparse, how many are not 0.</summary>
    public long Values { get; private set; }

    /// <summary>For each feature the number of rows that weigh something and lack it; empty where none lacks any.</summary>
    public long[] Gaps { get; private set; } = [];

    /// <param name="table">The rows.</param>
    /// <param name="mayBeSparse">Whether values are counted.</param>
    /// <param name="rows">Which of them; null for all.</param>
    public static RowSummary Of(RowTable table, bool mayBeSparse = false, IEnumerable<int>? rows = null)
    {
        var summary = new RowSummary(table.TargetSize);
        foreach (var row in rows ?? Enumerable.Range(0, table.Count))
        {
            summary.Add(table.Label(row));
            if (mayBeSparse)
                summary.Values += table.Sparse(row).Length;
            if (table.HasGaps && table.Weight(row) > 0)
                summary.AddGaps(table, row);
        }

        return summary;
    }

    public void Add(RowReader row)
    {
        Add(row.Label);
        Values += row.Sparse.Length;
        if (row.HasGaps && row.Weight > 0)
            AddGaps(row.Features);
    }

    private void AddGaps(RowTable table, int row)
    {
        if (!table.IsSparse)
        {
            table.CopyFeatures(row, _row ??= new float[table.FeatureCount]);
            AddGaps(_row);
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
}
