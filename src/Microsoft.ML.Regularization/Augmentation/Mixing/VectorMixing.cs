using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Convex combinations of dense and sparse vectors.</summary>
internal static class VectorMixing
{
    /// <summary>Sets <paramref name="result"/> to <c>lambda x + (1 - lambda) y</c>. It is sparse only where both vectors are.</summary>
    public static void Mix(in VBuffer<float> x, in VBuffer<float> y, float lambda, ref VBuffer<float> result)
    {
        if (x.IsDense && y.IsDense)
        {
            x.CopyTo(ref result);
            Mix(VBufferEditor.CreateFromBuffer(ref result).Values, y.GetValues(), lambda);
        }
        else if (x.IsDense || y.IsDense || x.GetValues().Length + y.GetValues().Length >= x.Length / 2)
        {
            var editor = VBufferEditor.Create(ref result, x.Length);
            editor.Values.Clear();
            AddScaled(x, lambda, editor.Values);
            AddScaled(y, 1 - lambda, editor.Values);
            result = editor.Commit();
        }
        else
        {
            Merge(x, y, lambda, ref result);
        }
    }

    /// <summary>Sets <paramref name="x"/> to <c>lambda x + (1 - lambda) y</c>.</summary>
    public static void Mix(Span<float> x, ReadOnlySpan<float> y, float lambda)
    {
        ref var own = ref MemoryMarshal.GetReference(x);
        ref var other = ref MemoryMarshal.GetReference(y[..x.Length]);
        var (share, rest) = (new Vector<float>(lambda), new Vector<float>(1 - lambda));
        nuint i = 0;
        for (; i + (nuint)Vector<float>.Count <= (nuint)x.Length; i += (nuint)Vector<float>.Count)
            (Vector.LoadUnsafe(ref own, i) * share + Vector.LoadUnsafe(ref other, i) * rest).StoreUnsafe(ref own, i);
        for (; i < (nuint)x.Length; i++)
            x[(int)i] = lambda * x[(int)i] + (1 - lambda) * y[(int)i];
    }

    /// <summary>Whether all elements are finite.</summary>
    public static bool IsFinite(ReadOnlySpan<float> values)
    {
        // A sum is finite only where all elements are; where it is not, it may have overflowed.
        return float.IsFinite(TensorPrimitives.Sum(values)) || float.IsFinite(TensorPrimitives.MaxMagnitude(values));
    }

    private static void AddScaled(in VBuffer<float> vector, float factor, Span<float> sum)
    {
        var values = vector.GetValues();
        if (vector.IsDense)
        {
            TensorPrimitives.MultiplyAdd(values, factor, sum, sum);
            return;
        }

        var indices = vector.GetIndices();
        for (var i = 0; i < values.Length; i++)
            sum[indices[i]] += factor * values[i];
    }

    private static void Merge(in VBuffer<float> x, in VBuffer<float> y, float lambda, ref VBuffer<float> result)
    {
        var xValues = x.GetValues();
        var xIndices = x.GetIndices();
        var yValues = y.GetValues();
        var yIndices = y.GetIndices();
        var editor = VBufferEditor.Create(ref result, x.Length, xValues.Length + yValues.Length);
        var (i, j, count) = (0, 0, 0);
        while (i < xValues.Length || j < yValues.Length)
        {
            var xIndex = i < xValues.Length ? xIndices[i] : int.MaxValue;
            var yIndex = j < yValues.Length ? yIndices[j] : int.MaxValue;
            var value = 0f;
            if (xIndex <= yIndex)
                value += lambda * xValues[i++];
            if (yIndex <= xIndex)
                value += (1 - lambda) * yValues[j++];
            editor.Indices[count] = Math.Min(xIndex, yIndex);
            editor.Values[count++] = value;
        }

        result = editor.CommitTruncated(count);
    }
}
