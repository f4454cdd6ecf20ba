namespace Microsoft.ML.Regularization;

/// <summary>Applies a <see cref="GradientClipping"/> between the backward pass and the optimizer's step.</summary>
internal abstract class GradientClipper(FlatParameters parameters) : IAfterGradient
{
    public static GradientClipper? Create(GradientClipping? options, FlatParameters parameters) => options switch
    {
        null => null,
        NormClipping norm => new NormClipper(norm, parameters),
        ValueClipping value => new ValueClipper(value, parameters),
        AdaptiveClipping adaptive => new AdaptiveClipper(adaptive, parameters),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options, message: null),
    };

    public abstract void AfterGradient(double norm);

    /// <summary>Their gradients are clipped in place.</summary>
    protected FlatParameters Parameters { get; } = parameters;
}
