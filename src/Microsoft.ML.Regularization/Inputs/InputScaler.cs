using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization.Inputs;

/// <summary>A learned <see cref="InputScaling"/>: <c>(x - Center) * Factor</c>, then the smooth clip where it belongs. In managed code.</summary>
/// <param name="Scaling">The kind.</param>
/// <param name="Center">The value that becomes 0, for each number of the row; values after the numbers are not changed.</param>
/// <param name="Factor">The factor of differences from the center, for each number; 0 for a feature without differences, whose center is 0 too.</param>
internal sealed record InputScaler(InputScaling Scaling, float[] Center, float[] Factor)
{
    public const string CenterName = "scaling.center";
    public const string FactorName = "scaling.factor";

    /// <summary>Where the clip saturates.</summary>
    public const float Bound = 3;

    /// <summary>
    /// No scaled number is larger, so that nothing that is computed of it overflows. The clip is within rounding of its bound there; without the clip, no number of
    /// fewer than 10^12 training rows lies so many deviations from their mean.
    /// </summary>
    public const float Largest = 1e6f;

    /// <summary>The functions of the numbers, which take the place of center and factor; null where these apply.</summary>
    public QuantileTable? Quantiles { get; init; }

    public bool Clips => Scaling == InputScaling.RobustSmoothClip;

    public void Apply(ReadOnlySpan<float> row, Span<float> scaled)
    {
        row[Center.Length..].CopyTo(scaled[Center.Length..]);
        scaled = scaled[..Center.Length];
        if (Quantiles is not null)
        {
            Quantiles.Apply(row[..Center.Length], scaled);
            return;
        }

        TensorPrimitives.Subtract(row[..Center.Length], Center, scaled);
        TensorPrimitives.Multiply(scaled, Factor, scaled);
        if (!Clips)
        {
            TensorPrimitives.Max(scaled, -Largest, scaled);
            TensorPrimitives.Min(scaled, Largest, scaled);
            return;
        }

        foreach (ref var value in scaled)
            value = ClipSmoothly(value);
    }

    internal static float ClipSmoothly(float value)
    {
        var within = Math.Clamp(value, -Largest, Largest);
        return within / MathF.Sqrt(1 + within / Bound * (within / Bound));
    }
}
