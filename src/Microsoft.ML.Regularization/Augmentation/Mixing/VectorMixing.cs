using System.Numerics.Tensors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization;

/// <summary>Convex combinations of dense and sparse vectors.</summary>
internal static class VectorMixing
{
    /// <summary>Sets <paramref name="result"/> to <c>lambda x + (1 - lambda) y</c>. It is sparse only where both vectors are.</summary>
    public static void Mix(in VBuffer<float> x, in VBuffer<float> y, float lambda, ref VBuffer<float> result)
    {
        if (x.IsDense && y.IsDense)
        {
            var editor = VBufferEditor.Create(ref result, x.Length);
            TensorPrimitives.Lerp(x.GetValues(), y.GetValues(), 1 - lambda, editor.Values);
            result = editor.Commit();
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
