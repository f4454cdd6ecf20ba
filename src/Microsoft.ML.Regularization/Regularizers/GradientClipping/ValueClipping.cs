using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Clipping by value: every component of the gradient is clamped to [-MaxValue, MaxValue].</summary>
/// <param name="MaxValue">Above 0; 0.5 is typical.</param>
[UnionCase("value")]
public sealed record ValueClipping(double MaxValue) : GradientClipping
{
    internal override void Validate(IExceptionContext context) =>
        context.CheckAbove(MaxValue, $"{nameof(GradientClipping)}.{nameof(MaxValue)}", 0);

    internal override GradientClipper CreateClipper(FlatParameters parameters) => new ValueClipper(this, parameters);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"clip value {MaxValue}");
}
