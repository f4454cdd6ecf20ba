using System.Numerics;
using System.Runtime.CompilerServices;

namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>ReLU and what its outputs are multiplied by, in one pass over memory.</summary>
/// <param name="factors">(rows, columns), its columns contiguous; null for none.</param>
internal sealed unsafe class Rectification(Matrix? factors) : IProductEpilogue
{
    private const int Range = 16384;

    /// <summary><c>max(0, x) * factor</c>, in place.</summary>
    /// <inheritdoc cref="IProductEpilogue.Apply"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(Matrix rows, int row, int column)
    {
        for (var i = 0; i < rows.Rows; i++)
        {
            var values = rows.At(i, 0);
            var given = factors is { } all ? all.At(row + i, column) : null;
            var j = 0;
            for (; rows.ColumnStride == 1 && j <= rows.Columns - Vector<float>.Count; j += Vector<float>.Count)
            {
                var value = Vector.Max(Vector.Load(values + j), Vector<float>.Zero);
                (given is null ? value : value * Vector.Load(given + j)).Store(values + j);
            }

            for (; j < rows.Columns; j++)
            {
                ref var value = ref values[j * rows.ColumnStride];
                value = Math.Max(0, value) * (given is null ? 1 : given[j]);
            }
        }
    }

    /// <summary>The gradient before it: none where the output is 0, which is where the unit was off or its factor 0.</summary>
    /// <param name="gradient">After it, contiguous.</param>
    /// <param name="output">What it gave, contiguous.</param>
    /// <param name="result">Receives the gradient, contiguous.</param>
    public void Reverse(Matrix gradient, Matrix output, Matrix result)
    {
        var (after, given, before, multiplied) = (gradient.Elements, output.Elements, result.Elements, factors is { } all ? all.Elements : 0);
        RangeWork.Run(gradient.Rows * gradient.Columns, Range, (start, length) =>
            Reverse((float*)after + start, (float*)given + start, multiplied == 0 ? null : (float*)multiplied + start, (float*)before + start, length));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Reverse(float* gradient, float* output, float* factors, float* result, int length)
    {
        var i = 0;
        for (; i <= length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var value = factors is null ? Vector.Load(gradient + i) : Vector.Load(gradient + i) * Vector.Load(factors + i);
            Vector.ConditionalSelect(Vector.Equals(Vector.Load(output + i), Vector<float>.Zero), Vector<float>.Zero, value).Store(result + i);
        }

        for (; i < length; i++)
            result[i] = output[i] == 0 ? 0 : gradient[i] * (factors is null ? 1 : factors[i]);
    }
}
