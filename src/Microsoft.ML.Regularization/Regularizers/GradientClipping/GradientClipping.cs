using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>A bound on the gradient of every training step.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(NormClipping), "norm")]
[JsonDerivedType(typeof(ValueClipping), "value")]
[JsonDerivedType(typeof(AdaptiveClipping), "adaptive")]
public abstract record GradientClipping
{
    private protected GradientClipping()
    {
    }

    internal abstract void Validate(IExceptionContext context);

    /// <summary>Scales the whole gradient down to a Euclidean norm of at most <paramref name="maximumNorm"/>; its direction is kept.</summary>
    /// <param name="maximumNorm">Above 0; 1 is typical, a smaller value clips more.</param>
    public static GradientClipping ByNorm(double maximumNorm = 1.0) => new NormClipping(maximumNorm);

    /// <summary>Clamps every component of the gradient to plus or minus <paramref name="maximumValue"/>; the direction may change.</summary>
    /// <param name="maximumValue">Above 0; 0.5 is typical, a smaller value clips more.</param>
    public static GradientClipping ByValue(double maximumValue = 0.5) => new ValueClipping(maximumValue);

    /// <summary>Scales the gradient of each unit down to a share of the norm of the unit's weights; its direction is kept.</summary>
    /// <param name="maximumRatio">Above 0; 0.01 is typical, a smaller value clips more.</param>
    public static GradientClipping Adaptive(double maximumRatio = 0.01) => new AdaptiveClipping(maximumRatio);
}

/// <summary>
/// Clipping by the global norm: <c>g * min(1, MaximumNorm / (||g|| + 1e-6))</c> over all parameters together (Pascanu, Mikolov and
/// Bengio, 2013).
/// </summary>
/// <param name="MaximumNorm">Above 0; 1 is typical.</param>
public sealed record NormClipping(double MaximumNorm) : GradientClipping
{
    internal override void Validate(IExceptionContext context) =>
        context.CheckAbove(MaximumNorm, $"{nameof(GradientClipping)}.{nameof(MaximumNorm)}", 0);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"clip norm {MaximumNorm}");
}

/// <summary>Clipping by value: every component of the gradient is clamped to [-MaximumValue, MaximumValue].</summary>
/// <param name="MaximumValue">Above 0; 0.5 is typical.</param>
public sealed record ValueClipping(double MaximumValue) : GradientClipping
{
    internal override void Validate(IExceptionContext context) =>
        context.CheckAbove(MaximumValue, $"{nameof(GradientClipping)}.{nameof(MaximumValue)}", 0);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"clip value {MaximumValue}");
}

/// <summary>
/// Adaptive clipping of each unit: <c>g_i * min(1, MaximumRatio * max(||w_i||, 1e-3) / ||g_i||)</c> for the incoming weights w_i of unit i (Brock, De,
/// Smith and Simonyan, "High-performance large-scale image recognition without normalization", 2021, eq. 3). The paper leaves the last layer
/// alone; here it is clipped too. Biases and normalization parameters are left alone.
/// </summary>
/// <param name="MaximumRatio">Above 0; 0.01 is typical.</param>
public sealed record AdaptiveClipping(double MaximumRatio) : GradientClipping
{
    internal override void Validate(IExceptionContext context) =>
        context.CheckAbove(MaximumRatio, $"{nameof(GradientClipping)}.{nameof(MaximumRatio)}", 0);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"adaptive clipping {MaximumRatio}");
}
