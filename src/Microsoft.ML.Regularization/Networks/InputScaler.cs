using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization;

/// <summary>A learned <see cref="InputScaling"/>: <c>(x - Center) * Factor</c>, then the smooth clip where it belongs. In managed code.</summary>
/// <param name="Scaling">The kind.</param>
/// <param name="Center">What becomes 0, by number of the row; what stands behind them is left alone.</param>
/// <param name="Factor">What differences are multiplied by, by number; 0 for a feature without differences.</param>
internal sealed record InputScaler(InputScaling Scaling, float[] Center, float[] Factor)
{
    public const string CenterName = "scaling.center";
    public const string FactorName = "scaling.factor";

    /// <summary>Where the clip saturates.</summary>
    public const float Bound = 3;

    /// <summary>Beyond it the clip is within rounding of its bound, and below it no square overflows.</summary>
    public const float Largest = 1e6f;

    public bool Clips => Scaling == InputScaling.RobustSmoothClip;

    public void Apply(ReadOnlySpan<float> row, Span<float> scaled)
    {
        row[Center.Length..].CopyTo(scaled[Center.Length..]);
        scaled = scaled[..Center.Length];
        TensorPrimitives.Subtract(row[..Center.Length], Center, scaled);
        TensorPrimitives.Multiply(scaled, Factor, scaled);
        if (!Clips)
            return;

        foreach (ref var value in scaled)
            value = Clip(value);
    }

    /// <summary>
    /// The scaler of an input, from one of each float of its row: what is no number stays as it is, and what an image's pixels or a sequence's steps have in
    /// common is scaled alike.
    /// </summary>
    public InputScaler? For(InputLayout input)
    {
        if (input.Numbers == 0)
            return null;

        var (center, factor) = (Center[..input.Numbers], Factor[..input.Numbers]);
        if (Scaling == InputScaling.Standardize && input.Image is { } image)
            Share(center, factor, image.Order == ChannelOrder.ChannelsFirst ? number => number / (image.Height * image.Width) : number => number % image.Channels);
        else if (Scaling == InputScaling.Standardize && input.Steps > 0)
            Share(center, factor, number => number % (input.Numbers / input.Steps));
        return this with { Center = center, Factor = factor };
    }

    // The mean of means, and the variance by the law of total variance.
    private static void Share(float[] center, float[] factor, Func<int, int> groupOf)
    {
        foreach (var group in Enumerable.Range(0, center.Length).GroupBy(groupOf))
        {
            var mean = group.Average(i => (double)center[i]);
            var variance = group.Average(i => (factor[i] > 0 ? Math.Pow(factor[i], -2.0) : 0) + Math.Pow(center[i] - mean, 2));
            var scale = (float)(1 / Math.Sqrt(variance));
            foreach (var i in group)
                (center[i], factor[i]) = ((float)mean, float.IsFinite(scale) ? scale : 0);
        }
    }

    internal static float Clip(float value)
    {
        var within = Math.Clamp(value, -Largest, Largest);
        return within / MathF.Sqrt(1 + within / Bound * (within / Bound));
    }
}
