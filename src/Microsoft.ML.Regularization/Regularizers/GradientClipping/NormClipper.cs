using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization;

/// <summary>See <see cref="NormClipping"/>.</summary>
internal sealed class NormClipper(NormClipping options) : GradientClipper
{
    private const int Range = 65536;

    // PyTorch's guard against division by zero, kept so that both clip alike.
    private const double Epsilon = 1e-6;

    public override void Clip(FlatParameters parameters, double norm)
    {
        var factor = Factor(norm, options.MaximumNorm);
        if (factor >= 1)
            return;

        foreach (var (_, matrix) in parameters.Waiting)
            Scale(matrix.Gradients, factor);
        if (parameters.UsesSpans)
            RangeWork.Run((int)parameters.Gradients.numel(), Range, (start, length) => Scale(parameters.GradientSpan.Slice(start, length), factor));
        else
            Scale(parameters.Gradients, factor);
    }

    internal static double Factor(double norm, double maximumNorm) => maximumNorm / (norm + Epsilon);

    internal static void Scale(Span<float> gradients, double factor) => TensorPrimitives.Multiply(gradients, (float)factor, gradients);

    internal static void Scale(Tensor gradients, double factor) => gradients.Multiply(factor);
}
