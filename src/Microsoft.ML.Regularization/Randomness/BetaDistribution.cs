namespace Microsoft.ML.Regularization.Randomness;

/// <summary>Draws from Beta(alpha, alpha), in logarithms because for a small alpha nearly all powers underflow.</summary>
internal static class BetaDistribution
{
    /// <summary>Of this all draws are one half, to three digits.</summary>
    public const double GreatestAlpha = 1e6;

    public static double SampleSymmetric(ref KeyedStream random, double alpha) =>
        alpha == 1 ? random.NextDouble() : alpha < 1 ? SampleByPowers(ref random, alpha) : SampleByGammas(ref random, alpha);

    // Terms below exp(-40) do not change a sum of order 1, and their computation may underflow.
    private const double SmallLogarithm = -40;

    // Of U^(1/a) and V^(1/a), given that they add up to 1 at most, the share of one (Johnk, 1964). Half of all pairs do at a = 1, nearly all at a
    // small one.
    private static double SampleByPowers(ref KeyedStream random, double alpha)
    {
        // At a smaller alpha quotients overflow, and draws are 0 or 1 all the same.
        alpha = Math.Max(alpha, 1e-100);
        while (true)
        {
            var first = Math.Log(random.NextPositiveDouble()) / alpha;
            var second = Math.Log(random.NextPositiveDouble()) / alpha;

            if (first < SmallLogarithm || second < SmallLogarithm)
                return 1 / (1 + Math.Exp(second - first));

            var (x, y) = (Math.Exp(first), Math.Exp(second));
            if (x + y <= 1)
                return x / (x + y);
        }
    }

    // The share of one of two Gamma(a) variables (Marsaglia and Tsang, 2000).
    private static double SampleByGammas(ref KeyedStream random, double alpha)
    {
        var first = SampleGamma(ref random, alpha);
        return first / (first + SampleGamma(ref random, alpha));
    }

    private static double SampleGamma(ref KeyedStream random, double shape)
    {
        var d = shape - 1.0 / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = random.NextGaussian();
            var v = 1 + c * x;
            if (v <= 0)
                continue;

            v *= v * v;
            if (Math.Log(random.NextPositiveDouble()) < x * x / 2 + d - d * v + d * Math.Log(v))
                return d * v;
        }
    }
}
