using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>Clips each component of the gradient: see <see cref="ValueClipping"/>.</summary>
internal sealed class ValueClipper(ValueClipping options, FlatParameters parameters) : GradientClipper(parameters)
{
    public override void AfterGradient(double norm)
    {
        foreach (var (_, matrix) in Parameters.Waiting)
            Clamp(matrix.Gradients, options.MaxValue);
        if (Parameters.UsesSpans)
            Clamp(Parameters.GradientSpan, options.MaxValue);
        else
            Clamp(Parameters.Gradients, options.MaxValue);
    }

    internal static void Clamp(Span<float> gradients, double maximum)
    {
        TensorPrimitives.Min(gradients, (float)maximum, gradients);
        TensorPrimitives.Max(gradients, -(float)maximum, gradients);
    }

    internal static void Clamp(Tensor gradients, double maximum) => gradients.Clip(maximum);
}
