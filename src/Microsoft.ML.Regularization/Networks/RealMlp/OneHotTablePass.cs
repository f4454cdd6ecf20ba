using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The pass of a <see cref="OneHotTable"/>.</summary>
/// <param name="codes">(values and one more, size).</param>
internal sealed unsafe class OneHotTablePass(Tensor codes) : KeyTablePass((int)codes.shape[0] - 1, (int)codes.shape[1])
{
    protected override float* BeginForward(ReadOnlySpan<int> keys, bool isTraining)
    {
        // libtorch's memory does not move.
        fixed (float* start = MemoryMarshal.Cast<byte, float>(codes.bytes))
            return start;
    }

    protected override void Backward(ReadOnlySpan<int> keys, Matrix gradient)
    {
        // Codes are not learned.
    }
}
