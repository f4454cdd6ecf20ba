using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The expectation of every <see cref="Activation"/> of normal numbers, in managed code: see <see cref="NormalIntegral"/>.</summary>
internal static class NormalExpectation
{
    /// <param name="activation">The activation.</param>
    /// <param name="means">Means; receives the expectations.</param>
    /// <param name="variances">At least 0.</param>
    public static void Apply(Activation activation, Span<float> means, ReadOnlySpan<float> variances)
    {
        for (var i = 0; i < means.Length; i++)
        {
            var deviation = MathF.Max(MathF.Sqrt(variances[i]), NormalIntegral.LeastDeviation);
            means[i] = activation == Activation.ReLU ? OfRelu(means[i], deviation) : Of(activation, means[i], deviation);
        }
    }

    private static float OfRelu(double mean, double deviation)
    {
        var ratio = mean / deviation;
        return (float)(mean * ActivationFunction.NormalDistribution(ratio) + deviation * Math.Exp(-ratio * ratio / 2) / Math.Sqrt(2 * Math.PI));
    }

    private static float Of(Activation activation, float mean, float deviation)
    {
        var split = Math.Clamp(-mean / deviation, -NormalIntegral.Reach, NormalIntegral.Reach);
        return Panel(-NormalIntegral.Reach, split) + Panel(split, NormalIntegral.Reach);

        float Panel(float from, float to)
        {
            Span<float> points = stackalloc float[NormalIntegral.Count];
            Span<float> density = stackalloc float[NormalIntegral.Count];
            var half = (to - from) / 2;
            TensorPrimitives.Multiply(NormalIntegral.Nodes, half, points);
            TensorPrimitives.Add(points, (from + to) / 2, points);
            TensorPrimitives.Multiply(points, points, density);
            TensorPrimitives.Multiply(density, -0.5f, density);
            TensorPrimitives.Exp(density, density);
            TensorPrimitives.Multiply(density, NormalIntegral.Weights, density);
            TensorPrimitives.Multiply(points, deviation, points);
            TensorPrimitives.Add(points, mean, points);
            ActivationFunction.Apply(activation, points);
            return TensorPrimitives.Dot(points, density) * half / MathF.Sqrt(2 * MathF.PI);
        }
    }
}
