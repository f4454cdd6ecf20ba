namespace Microsoft.ML.Regularization;

/// <summary>Applies a <see cref="GradientClipping"/> between the backward pass and the optimizer's step.</summary>
internal abstract class GradientClipper
{
    public static GradientClipper? Create(GradientClipping? options) => options switch
    {
        null => null,
        NormClipping norm => new NormClipper(norm),
        ValueClipping value => new ValueClipper(value),
        AdaptiveClipping adaptive => new AdaptiveClipper(adaptive),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options, message: null),
    };

    /// <param name="parameters">Their gradients are clipped in place.</param>
    /// <param name="norm">The gradients' Euclidean norm.</param>
    public abstract void Clip(FlatParameters parameters, double norm);
}
