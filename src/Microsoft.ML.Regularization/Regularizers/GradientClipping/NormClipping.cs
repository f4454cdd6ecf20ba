using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Clipping by the global norm: <c>g * min(1, MaxNorm / (||g|| + 1e-6))</c> over all parameters together (Pascanu, Mikolov and
/// Bengio, 2013).
/// </summary>
/// <param name="MaxNorm">Above 0; 1 is typical.</param>
[UnionCase("norm")]
public sealed record NormClipping(double MaxNorm) : GradientClipping
{
    internal override void Validate(IExceptionContext context) =>
        context.CheckAbove(MaxNorm, $"{nameof(GradientClipping)}.{nameof(MaxNorm)}", 0);

    internal override GradientClipper CreateClipper(FlatParameters parameters) => new NormClipper(this, parameters);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"clip norm {MaxNorm}");
}
