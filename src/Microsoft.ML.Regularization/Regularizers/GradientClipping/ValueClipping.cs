using System.Globalization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Clipping by value: every component of the gradient is clamped to [-MaximumValue, MaximumValue].</summary>
/// <param name="MaximumValue">Above 0; 0.5 is typical.</param>
[UnionCase("value")]
public sealed record ValueClipping(double MaximumValue) : GradientClipping
{
    internal override void Validate(IExceptionContext context) =>
        context.CheckAbove(MaximumValue, $"{nameof(GradientClipping)}.{nameof(MaximumValue)}", 0);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"clip value {MaximumValue}");
}
