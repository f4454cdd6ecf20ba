using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>Clips the whole gradient by its norm: see <see cref="NormClipping"/>.</summary>
internal sealed class NormClipper(NormClipping options, FlatParameters parameters) : GradientClipper(parameters)
{
    private const int Range = 65536;

    // PyTorch's guard against division by zero, kept so that both clip alike.
    private const double Epsilon = 1e-6;

    public override void AfterGradient(double norm)
    {
        var factor = Factor(norm, options.MaxNorm);
        if (factor >= 1)
            return;

        foreach (var (_, matrix) in Parameters.Waiting)
            Scale(matrix.Gradients, factor);
        if (Parameters.UsesSpans)
            RangeWork.Run((int)Parameters.Gradients.numel(), Range, (start, length) => Scale(Parameters.GradientSpan.Slice(start, length), factor));
        else
            Scale(Parameters.Gradients, factor);
    }

    internal static double Factor(double norm, double maxNorm) => maxNorm / (norm + Epsilon);

    internal static void Scale(Span<float> gradients, double factor) => TensorPrimitives.Multiply(gradients, (float)factor, gradients);

    internal static void Scale(Tensor gradients, double factor) => gradients.Multiply(factor);
}
