using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The pass of an <see cref="EmbeddingTable"/>.</summary>
/// <param name="matrix">The vectors.</param>
/// <param name="weight">Where they are.</param>
internal sealed unsafe class EmbeddingTablePass(SlotMatrix matrix, ParameterMemory weight) : KeyTablePass(matrix.Slots - 1, matrix.Width)
{
    protected override float* BeginForward(ReadOnlySpan<int> keys, bool isTraining)
    {
        if (isTraining)
            matrix.Touch(keys);
        return weight.Values;
    }

    protected override void Backward(ReadOnlySpan<int> keys, Matrix gradient)
    {
        var sums = matrix.IsLazy ? matrix.BeginBackward() : new SlotGradients((nint)weight.Gradients, null, Size);
        for (var row = 0; row < keys.Length; row++)
        {
            var sum = new Span<float>(sums.At(keys[row]), Size);
            TensorPrimitives.Add(sum, new ReadOnlySpan<float>(gradient.At(row, 0), Size), sum);
        }
    }
}
