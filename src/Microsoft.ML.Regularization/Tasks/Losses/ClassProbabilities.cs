using System.Numerics.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>
/// The probabilities behind a classifier's outputs: of several outputs their softmax; of a single one its sigmoid, as the second of two classes.
/// </summary>
internal static class ClassProbabilities
{
    /// <param name="outputs">(rows, classes), or (rows, 1).</param>
    /// <returns>Logarithms (rows, classes), or (rows, 2).</returns>
    public static Tensor Logarithms(Tensor outputs) => outputs.shape[1] == 1
        ? cat([nn.functional.logsigmoid(-outputs), nn.functional.logsigmoid(outputs)], dim: 1)
        : nn.functional.log_softmax(outputs, dim: 1);

    /// <summary>The same of one row in managed code and double precision.</summary>
    public static void Logarithms(ReadOnlySpan<float> outputs, Span<double> logarithms)
    {
        if (outputs.Length == 1)
        {
            (logarithms[0], logarithms[1]) = (LogSigmoid(-(double)outputs[0]), LogSigmoid(outputs[0]));
            return;
        }

        double largest = TensorPrimitives.Max(outputs);
        var sum = 0.0;
        foreach (var output in outputs)
            sum += Math.Exp(output - largest);
        var logSum = Math.Log(sum);
        for (var k = 0; k < outputs.Length; k++)
            logarithms[k] = outputs[k] - largest - logSum;
    }

    private static double LogSigmoid(double output) => Math.Min(output, 0) - Math.Log(1 + Math.Exp(-Math.Abs(output)));
}
