using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Training;

/// <summary>
/// Learns <see cref="InputScaling.NormalQuantiles"/>. The share of rows below a value counts half of those that have it (Parzen's mid-distribution), which is what
/// noise that tells equal values apart gives on average: so a value that most rows have lies in their middle, and the least value is no outlier.
/// </summary>
internal static class NormalScores
{
    private const int RowsOfKnot = 30;
    private const int FewestKnots = 10;
    private const int MostKnots = 1000;

    // Where a number has no value at all.
    private static readonly (float[], float[]) s_nothing = ([0], [0]);

    /// <summary>The function of each number of a table, dense or sparse.</summary>
    public static (float[] Values, float[] Scores)[] Learn(RowTable table, int count, bool areSparse, FitWatch? watch)
    {
        var functions = Enumerable.Repeat(s_nothing, count).ToArray();
        if (areSparse)
            SparseStatistics.ForEachSlot(table, count, (slot, values, zeros) => functions[slot] = Of(values, zeros));
        else
            RankedNumbers.ForEach(table, count, steps: 1, watch, (number, values) => functions[number] = Of(values, zeros: 0));
        return functions;
    }

    /// <summary>The function of a number that is 0 or 1.</summary>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="ones">In how many of them it is 1; neither none nor all.</param>
    public static (float[] Values, float[] Scores) OfFlag(long rows, long ones) =>
        ([0, 1], [Score((rows - ones) / 2.0 / rows), Score(1 - ones / 2.0 / rows)]);

    /// <summary>The function of a number.</summary>
    /// <param name="values">Of rows that have it; they are moved.</param>
    /// <param name="zeros">Rows besides in which it is 0.</param>
    public static (float[] Values, float[] Scores) Of(ReadOnlySpan<float> values, int zeros)
    {
        var sorted = new float[values.Length + zeros];
        values.CopyTo(sorted);
        if (sorted.Length == 0)
            return s_nothing;
        Array.Sort(sorted);
        var knots = Knots(sorted, Math.Clamp(sorted.Length / RowsOfKnot, FewestKnots, MostKnots));
        var scores = new float[knots.Length];
        var (below, upTo) = (0, 0);
        for (var i = 0; i < knots.Length; i++)
        {
            while (below < sorted.Length && sorted[below] < knots[i])
                below++;
            upTo = Math.Max(upTo, below);
            while (upTo < sorted.Length && sorted[upTo] <= knots[i])
                upTo++;
            scores[i] = Score((below + upTo) / 2.0 / sorted.Length);
        }

        return (knots, scores);
    }

    // A normal number's tail bends most in the outermost interval, which is halved until it has but one row.
    private static float[] Knots(float[] sorted, int count)
    {
        var knots = QuantileKnots.Of(sorted, count);
        if (knots.Length < count)
            return knots;
        var tails = new List<float>();
        for (var share = 0.5 / (count - 1); share * sorted.Length >= 1; share /= 2)
        {
            tails.Add((float)OrderStatistics.Quantile(sorted, share));
            tails.Add((float)OrderStatistics.Quantile(sorted, 1 - share));
        }

        return [.. knots.Concat(tails).Distinct().Order()];
    }

    private static float Score(double share) => (float)NormalDistribution.Quantile(share);
}
