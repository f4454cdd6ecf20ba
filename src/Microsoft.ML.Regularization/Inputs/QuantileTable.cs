namespace Microsoft.ML.Regularization.Inputs;

/// <summary>
/// For each number of a row a function that rises from knot to knot in straight lines, and is constant outside of them: see
/// <see cref="InputScaling.NormalQuantiles"/>. Where a number has fewer knots than there may be, its last one is repeated.
/// </summary>
/// <param name="Knots">Knots of a number.</param>
/// <param name="Values">(numbers, knots), ascending for each number.</param>
/// <param name="Scores">(numbers, knots): what the values become.</param>
internal sealed record QuantileTable(int Knots, float[] Values, float[] Scores)
{
    public const string ValuesName = "scaling.values";
    public const string ScoresName = "scaling.scores";

    // More are no finer than the rows that they are learned from.
    public const int MostKnots = 2048;

    /// <param name="functions">The knots of each number, one at least.</param>
    public static QuantileTable Of(IReadOnlyList<(float[] Values, float[] Scores)> functions)
    {
        var knots = functions.Max(function => function.Values.Length);
        return new QuantileTable(knots, Join(function => function.Values), Join(function => function.Scores));

        float[] Join(Func<(float[] Values, float[] Scores), float[]> part) =>
            [.. functions.SelectMany(function => part(function).Concat(Enumerable.Repeat(part(function)[^1], knots - part(function).Length)))];
    }

    /// <param name="row">Numbers; all that there are functions for.</param>
    /// <param name="scaled">Receives as many.</param>
    public void Apply(ReadOnlySpan<float> row, Span<float> scaled)
    {
        for (var number = 0; number < row.Length; number++)
            scaled[number] = Apply(number, row[number]);
    }

    private float Apply(int number, float value)
    {
        var values = Values.AsSpan(number * Knots, Knots);
        var scores = Scores.AsSpan(number * Knots, Knots);
        if (!(value > values[0]))
            return scores[0];

        // The last knot below the value.
        var (below, left) = (0, Knots - 1);
        while (left > 0)
        {
            var half = (left + 1) / 2;
            if (values[below + half] < value)
            {
                below += half;
                left -= half;
            }
            else
            {
                left = half - 1;
            }
        }

        return below == Knots - 1
            ? scores[below]
            : scores[below] + (value - values[below]) / (values[below + 1] - values[below]) * (scores[below + 1] - scores[below]);
    }
}
