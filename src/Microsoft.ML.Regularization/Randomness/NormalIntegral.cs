namespace Microsoft.ML.Regularization.Randomness;

/// <summary>
/// How expectations over a standard normal number t are computed: Gauss and Legendre's quadrature of f(t) times the density on both sides of the place where
/// an activation has its kink. The kink is what makes the quadrature of Gauss and Hermite, which has no sides, inexact.
/// </summary>
internal static class NormalIntegral
{
    /// <summary>Nodes on each side.</summary>
    public const int Count = 24;

    /// <summary>Where the density is cut off: two in a thousand million lie beyond.</summary>
    public const float Reach = 6;

    /// <summary>Less noise than this is taken for this much, which saves a division by 0 and changes nothing.</summary>
    public const float LeastDeviation = 1e-6f;

    private static readonly (float[] Nodes, float[] Weights) Rule = GaussLegendre(Count);

    /// <summary>Places between -1 and 1.</summary>
    public static ReadOnlySpan<float> Nodes => Rule.Nodes;

    /// <summary>Their weights, of sum 2.</summary>
    public static ReadOnlySpan<float> Weights => Rule.Weights;

    /// <summary>The roots of the Legendre polynomial, by Newton's method.</summary>
    private static (float[] Nodes, float[] Weights) GaussLegendre(int count)
    {
        var (nodes, weights) = (new float[count], new float[count]);
        for (var i = 0; i < count; i++)
        {
            var x = Math.Cos(Math.PI * (i + 0.75) / (count + 0.5));
            var slope = 0.0;
            for (var iteration = 0; iteration < 20; iteration++)
            {
                var (before, value) = (1.0, x);
                for (var degree = 2; degree <= count; degree++)
                    (before, value) = (value, ((2 * degree - 1) * x * value - (degree - 1) * before) / degree);
                slope = count * (x * value - before) / (x * x - 1);
                x -= value / slope;
            }

            nodes[i] = (float)x;
            weights[i] = (float)(2 / ((1 - x * x) * slope * slope));
        }

        return (nodes, weights);
    }
}
