using System.Numerics;
using System.Runtime.CompilerServices;

namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>Sums of a few rows of a matrix, each times a number of its own: what a sparse row gives, and what a slot's gradient is.</summary>
internal static unsafe class SparseProduct
{
    // Independent sums hide the time that one addition waits for the one before.
    private const int Vectors = 8;

    /// <summary><c>start + sum_i factors[i] * matrix[rows[i]]</c>, added in the order of i.</summary>
    /// <param name="rows">Which rows.</param>
    /// <param name="factors">What each is multiplied by.</param>
    /// <param name="count">How many.</param>
    /// <param name="matrix">Contiguous rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="start">As many numbers as columns.</param>
    /// <param name="result">Receives as many; may be the start.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sum(int* rows, float* factors, int count, float* matrix, int width, float* start, float* result)
    {
        var column = 0;
        for (var step = Vector<float>.Count; column <= width - Vectors * step; column += Vectors * step)
        {
            var (a, b, c, d) = (Vector.Load(start + column), Vector.Load(start + column + step), Vector.Load(start + column + 2 * step), Vector.Load(start + column + 3 * step));
            var (e, f, g, h) = (
                Vector.Load(start + column + 4 * step), Vector.Load(start + column + 5 * step), Vector.Load(start + column + 6 * step),
                Vector.Load(start + column + 7 * step));
            for (var i = 0; i < count; i++)
            {
                var factor = Vector.Create(factors[i]);
                var row = matrix + (nint)rows[i] * width + column;
                a = Vector.FusedMultiplyAdd(factor, Vector.Load(row), a);
                b = Vector.FusedMultiplyAdd(factor, Vector.Load(row + step), b);
                c = Vector.FusedMultiplyAdd(factor, Vector.Load(row + 2 * step), c);
                d = Vector.FusedMultiplyAdd(factor, Vector.Load(row + 3 * step), d);
                e = Vector.FusedMultiplyAdd(factor, Vector.Load(row + 4 * step), e);
                f = Vector.FusedMultiplyAdd(factor, Vector.Load(row + 5 * step), f);
                g = Vector.FusedMultiplyAdd(factor, Vector.Load(row + 6 * step), g);
                h = Vector.FusedMultiplyAdd(factor, Vector.Load(row + 7 * step), h);
            }

            a.Store(result + column);
            b.Store(result + column + step);
            c.Store(result + column + 2 * step);
            d.Store(result + column + 3 * step);
            e.Store(result + column + 4 * step);
            f.Store(result + column + 5 * step);
            g.Store(result + column + 6 * step);
            h.Store(result + column + 7 * step);
        }

        for (; column <= width - Vector<float>.Count; column += Vector<float>.Count)
        {
            var sum = Vector.Load(start + column);
            for (var i = 0; i < count; i++)
                sum = Vector.FusedMultiplyAdd(Vector.Create(factors[i]), Vector.Load(matrix + (nint)rows[i] * width + column), sum);
            sum.Store(result + column);
        }

        for (; column < width; column++)
        {
            var sum = start[column];
            for (var i = 0; i < count; i++)
                sum = float.FusedMultiplyAdd(factors[i], matrix[(nint)rows[i] * width + column], sum);
            result[column] = sum;
        }
    }
}
