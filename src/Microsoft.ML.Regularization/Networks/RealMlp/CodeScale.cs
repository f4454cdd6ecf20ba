using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// The robust scale of a number of a category's code, as <see cref="InputScaling.RobustSmoothClip"/> has it for a feature: how many rows have each value
/// determines it, so no row has to be read.
/// </summary>
internal static class CodeScale
{
    /// <summary>Gives the codes (values and one more, numbers) the scale of the rows.</summary>
    /// <param name="codes">The code of each value behind that of missing ones; changed in place.</param>
    /// <param name="rows">How many rows have each.</param>
    public static void Apply(Span<float> codes, ReadOnlySpan<long> rows)
    {
        var numbers = codes.Length / rows.Length;
        for (var number = 0; number < numbers; number++)
        {
            var values = new float[rows.Length];
            for (var value = 0; value < rows.Length; value++)
                values[value] = codes[value * numbers + number];
            var (center, factor) = Of(values, rows);
            for (var value = 0; value < rows.Length; value++)
                codes[value * numbers + number] = InputScaler.ClipSmoothly((values[value] - center) * factor);
        }
    }

    private static (float Center, float Factor) Of(float[] values, ReadOnlySpan<long> rows)
    {
        var present = new List<(float Value, long Rows)>();
        for (var value = 0; value < values.Length; value++)
        {
            if (rows[value] > 0)
                present.Add((values[value], rows[value]));
        }

        present.Sort();
        var count = present.Sum(one => one.Rows);
        if (count == 0)
            return (0, 0);
        var range = Quantile(0.75) - Quantile(0.25);
        if (range == 0)
            range = (present[^1].Value - present[0].Value) / 2;
        return range == 0 ? (0, 0) : ((float)Quantile(0.5), (float)(1 / range));

        double Quantile(double share)
        {
            var position = share * (count - 1);
            var place = (long)position;
            return ValueAt(place) + (position - place) * (ValueAt(place + 1) - ValueAt(place));
        }

        float ValueAt(long place)
        {
            foreach (var (value, own) in present)
            {
                if (place < own)
                    return value;
                place -= own;
            }

            return present[^1].Value;
        }
    }
}
