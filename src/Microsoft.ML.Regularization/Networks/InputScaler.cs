using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization;

/// <summary>A learned <see cref="InputScaling"/>: <c>(x - Center) * Factor</c>, then the smooth clip where it belongs. In managed code.</summary>
/// <param name="Scaling">The kind.</param>
/// <param name="Center">What becomes 0, by feature.</param>
/// <param name="Factor">What differences are multiplied by, by feature; 0 for a feature without differences.</param>
internal sealed record InputScaler(InputScaling Scaling, float[] Center, float[] Factor)
{
    public const string CenterName = "scaling.center";
    public const string FactorName = "scaling.factor";

    /// <summary>Where the clip saturates.</summary>
    public const float Bound = 3;

    /// <summary>Beyond it the clip is within rounding of its bound, and below it no square overflows.</summary>
    public const float Largest = 1e6f;

    public bool Clips => Scaling == InputScaling.RobustSmoothClip;

    public void Apply(ReadOnlySpan<float> features, Span<float> scaled)
    {
        TensorPrimitives.Subtract(features, Center, scaled);
        TensorPrimitives.Multiply(scaled, Factor, scaled);
        if (!Clips)
            return;

        foreach (ref var value in scaled)
            value = Clip(value);
    }

    internal static float Clip(float value)
    {
        var within = Math.Clamp(value, -Largest, Largest);
        return within / MathF.Sqrt(1 + within / Bound * (within / Bound));
    }
}
