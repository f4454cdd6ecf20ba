using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The pass of an <see cref="EmbeddingTable"/>.</summary>
/// <param name="table">The vectors.</param>
internal sealed unsafe class EmbeddingTablePass(TableMemory table) : KeyTablePass(table.Count - 1, table.Width)
{
    protected override float* BeginForward(ReadOnlySpan<int> keys, bool isTraining) => table.BeginForward(keys, isTraining);

    protected override void Backward(ReadOnlySpan<int> keys, Matrix gradient)
    {
        var sums = table.BeginBackward();
        for (var row = 0; row < keys.Length; row++)
        {
            var sum = new Span<float>(sums.At(keys[row]), Size);
            TensorPrimitives.Add(sum, new ReadOnlySpan<float>(gradient.At(row, 0), Size), sum);
        }
    }
}
