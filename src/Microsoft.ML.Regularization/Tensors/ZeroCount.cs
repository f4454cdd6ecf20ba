using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Microsoft.ML.Regularization.Tensors;

/// <summary>Counts numbers that are exactly 0, a vector at a time, which the runtime does not do for floats.</summary>
internal static class ZeroCount
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Of(ReadOnlySpan<float> values)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        var count = 0L;

        // A lane that is equal is -1. Sums of whole numbers in 32 bits suffice: a span has no more than that.
        var sum = Vector<int>.Zero;
        foreach (var vector in vectors)
            sum -= Vector.Equals(vector, Vector<float>.Zero);
        for (var lane = 0; lane < Vector<int>.Count; lane++)
            count += sum[lane];
        foreach (var value in values[(vectors.Length * Vector<float>.Count)..])
            count += value == 0 ? 1 : 0;
        return count;
    }
}
