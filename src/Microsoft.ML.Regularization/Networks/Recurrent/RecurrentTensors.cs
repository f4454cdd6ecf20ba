using System.Numerics.Tensors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The trained tensors of a <see cref="RecurrentLayer"/>.</summary>
/// <param name="InputWeight">(gates * units, inputs).</param>
/// <param name="RecurrentWeight">(gates * units, units).</param>
/// <param name="InputBias">(gates * units).</param>
/// <param name="RecurrentBias">(gates * units).</param>
internal sealed record RecurrentTensors(float[] InputWeight, float[] RecurrentWeight, float[] InputBias, float[] RecurrentBias)
{
    /// <summary>Both biases, which most gates add.</summary>
    public float[] Bias
    {
        get
        {
            var sum = new float[InputBias.Length];
            TensorPrimitives.Add(InputBias, RecurrentBias, sum);
            return sum;
        }
    }

    public static RecurrentTensors Read(IExceptionContext context, NetworkWeights weights, string name, RecurrentDescription layer)
    {
        var rows = layer.Cell.Gates * layer.Units;
        return new RecurrentTensors(
            weights.Read(context, name + ".input_weight", rows, layer.Inputs), weights.Read(context, name + ".recurrent_weight", rows, layer.Units),
            weights.Read(context, name + ".input_bias", rows), weights.Read(context, name + ".recurrent_bias", rows));
    }
}
