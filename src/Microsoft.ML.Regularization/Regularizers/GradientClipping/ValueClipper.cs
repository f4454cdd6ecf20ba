using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization;

/// <summary>See <see cref="ValueClipping"/>.</summary>
internal sealed class ValueClipper(ValueClipping options) : GradientClipper
{
    public override void Clip(FlatParameters parameters, double norm)
    {
        foreach (var (_, matrix) in parameters.Waiting)
            Clamp(matrix.Gradients, options.MaximumValue);
        if (parameters.UsesSpans)
            Clamp(parameters.GradientSpan, options.MaximumValue);
        else
            Clamp(parameters.Gradients, options.MaximumValue);
    }

    internal static void Clamp(Span<float> gradients, double maximum)
    {
        TensorPrimitives.Min(gradients, (float)maximum, gradients);
        TensorPrimitives.Max(gradients, -(float)maximum, gradients);
    }

    internal static void Clamp(Tensor gradients, double maximum) => gradients.Clip(maximum);
}
