using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>Refuses rows that are all alike: there is nothing to tell about them.</summary>
internal static class RowsThatDiffer
{
    private const int BatchSize = 256;

    /// <param name="context">Makes errors.</param>
    /// <param name="rows">The rows, of which as many are read as are alike.</param>
    /// <param name="pretext">What is learned of them.</param>
    /// <param name="column">That of their inputs.</param>
    /// <param name="watch">Signals when the fit is to end.</param>
    /// <exception cref="InvalidOperationException">They are all alike, or one where it takes two.</exception>
    public static void Check(IExceptionContext context, Dataset rows, PretextTask pretext, string column, FitWatch watch)
    {
        if (rows.Count < 2 && pretext.NeedsTwoRows)
            throw context.Except($"{pretext} needs at least two training rows, but there is one.");
        if (rows.Count < 2)
            return;
        float[]? first = null;
        using var batches = rows.InOrder(BatchSize);
        while (batches.MoveNext())
        {
            watch.ThrowIfInterrupted();
            var row = new float[batches.Table.FeatureCount];
            foreach (var place in batches.Rows)
            {
                batches.Table.CopyFeatures(place, row);
                first ??= [.. row];
                if (!row.AsSpan().SequenceEqual(first))
                    return;
            }
        }

        throw context.Except($"Column '{column}': all {rows.Count} rows are alike, and there is nothing to learn about them without labels.");
    }
}
