using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// What the units of a linear layer start with, by training rows: weights divided by the standard deviation of the unit's sums, and as its bias the negative of
/// a random point among five of these sums, so that each unit is as often active as not (Holzmüller et al., 2024). See <see cref="RealMlpArchitecture"/>.
/// </summary>
internal static class UnitInitialization
{
    private const int Points = 5;

    // Sums that differ less, relative to the numbers that they are made of and to the scale of 1 that these should have, differ by rounding alone.
    private const double LeastDeviation = 1e-5;

    /// <summary>For each unit the factor of its weights, and its bias.</summary>
    /// <param name="sums">The weighted sums (rows, units), without biases.</param>
    /// <param name="units">How many units.</param>
    /// <param name="size">The root of the mean square of the numbers that normal weights sum up, which is how large sums are.</param>
    /// <param name="key">Of the draws; each unit has a stream of its own.</param>
    public static (float[] Factors, float[] Biases) Of(ReadOnlySpan<float> sums, int units, double size, RandomKey key)
    {
        var rows = sums.Length / units;
        var factors = Factors(sums, units, LeastDeviation * Math.Max(size, 1));
        var biases = new float[units];
        for (var unit = 0; unit < units; unit++)
        {
            var random = new KeyedStream(key, (ulong)unit);
            var (total, shares) = (0.0, 0.0);
            for (var point = 0; point < Points; point++)
            {
                // Exponential numbers over their sum are uniform on the simplex.
                var row = (int)random.NextInt64(rows);
                var share = -Math.Log(random.NextPositiveDouble());
                total += share * sums[row * units + unit];
                shares += share;
            }

            biases[unit] = shares > 0 ? (float)(-factors[unit] * total / shares) : 0;
        }

        return (factors, biases);
    }

    // In double precision and row by row, so that the result does not depend on the number of threads. A unit that is the same in all rows keeps its weights.
    private static float[] Factors(ReadOnlySpan<float> sums, int units, double least)
    {
        var rows = sums.Length / units;
        var (means, squares) = (new double[units], new double[units]);
        for (var row = 0; row < rows; row++)
        {
            var of = sums.Slice(row * units, units);
            for (var unit = 0; unit < units; unit++)
                means[unit] += of[unit];
        }

        for (var unit = 0; unit < units; unit++)
            means[unit] /= rows;
        for (var row = 0; row < rows; row++)
        {
            var of = sums.Slice(row * units, units);
            for (var unit = 0; unit < units; unit++)
            {
                var difference = of[unit] - means[unit];
                squares[unit] += difference * difference;
            }
        }

        var factors = new float[units];
        for (var unit = 0; unit < units; unit++)
        {
            var deviation = Math.Sqrt(squares[unit] / rows);
            factors[unit] = deviation > least ? (float)(1 / deviation) : 1;
        }

        return factors;
    }
}
