namespace Microsoft.ML.Regularization;

/// <summary>
/// Draws from Beta(alpha, alpha) as the share of one of two Gamma(alpha) variables (Marsaglia and Tsang, 2000). The variables are kept
/// as logarithms because for a small alpha nearly all of them underflow.
/// </summary>
internal static class BetaDistribution
{
    public static double SampleSymmetric(ref KeyedStream random, double alpha)
    {
        var first = SampleLogGamma(ref random, alpha);
        var second = SampleLogGamma(ref random, alpha);
        return 1 / (1 + Math.Exp(second - first));
    }

    private static double SampleLogGamma(ref KeyedStream random, double shape)
    {
        if (shape < 1)
        {
            // Gamma(a) is Gamma(a + 1) times U^(1/a).
            return SampleLogGamma(ref random, shape + 1) + Math.Log(random.NextPositiveDouble()) / shape;
        }

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
                return Math.Log(d) + Math.Log(v);
        }
    }
}
