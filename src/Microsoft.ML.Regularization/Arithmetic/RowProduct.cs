using System.Numerics;
using System.Runtime.CompilerServices;

namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>
/// A single row times a packed factor. Each element is summed in the order of <see cref="MatrixProduct"/>, so that a row gives the same bits alone as
/// among others.
/// </summary>
internal static unsafe class RowProduct
{
    // Pairs of vectors that are summed at a time: eight sums hide the time that one addition waits for the one before.
    private const int Pairs = 4;

    private static int PairColumns => 2 * Vector<float>.Count;

    /// <param name="row">As many numbers as the factor has rows.</param>
    /// <param name="right">The factor.</param>
    /// <param name="start">What the sums start from; as many as columns.</param>
    /// <param name="result">Receives as many.</param>
    public static void Compute(ReadOnlySpan<float> row, PackedMatrix right, ReadOnlySpan<float> start, Span<float> result)
    {
        var columns = Pairs * PairColumns;
        Span<float> sums = stackalloc float[columns];
        fixed (float* left = row, sum = sums)
        {
            for (var column = 0; column < result.Length; column += columns)
            {
                var count = Math.Min(columns, result.Length - column);
                start.Slice(column, count).CopyTo(sums);
                Add(left, right, column, sum);
                sums[..count].CopyTo(result.Slice(column, count));
            }
        }

        // Only pointers into it are read.
        GC.KeepAlive(right);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(float* row, PackedMatrix right, int column, float* sums)
    {
        var (a, b, c, d) = (Load(sums), Load(sums + PairColumns), Load(sums + 2 * PairColumns), Load(sums + 3 * PairColumns));
        var (rightA, rightB) = (PairAt(right, column), PairAt(right, column + PairColumns));
        var (rightC, rightD) = (PairAt(right, column + 2 * PairColumns), PairAt(right, column + 3 * PairColumns));
        var stride = MatrixTile.Columns;
        for (var i = 0; i < right.Depth; i++)
        {
            var x = Vector.Create(row[i]);
            a = Add(x, (float*)rightA, a);
            b = Add(x, (float*)rightB, b);
            c = Add(x, (float*)rightC, c);
            d = Add(x, (float*)rightD, d);
            rightA += stride * sizeof(float);
            rightB += stride * sizeof(float);
            rightC += stride * sizeof(float);
            rightD += stride * sizeof(float);
        }

        Store(a, sums);
        Store(b, sums + PairColumns);
        Store(c, sums + 2 * PairColumns);
        Store(d, sums + 3 * PairColumns);
    }

    // Beyond the last panel the last pair is computed again and the result ignored.
    private static nint PairAt(PackedMatrix right, int column)
    {
        column = Math.Min(column, MatrixPanel.Count(right.Columns) * MatrixTile.Columns - PairColumns);
        return (nint)(right.Panel(column / MatrixTile.Columns) + column % MatrixTile.Columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<float> First, Vector<float> Second) Add(Vector<float> x, float* right, (Vector<float> First, Vector<float> Second) sums) => (
        Vector.FusedMultiplyAdd(x, Vector.Load(right), sums.First),
        Vector.FusedMultiplyAdd(x, Vector.Load(right + Vector<float>.Count), sums.Second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<float> First, Vector<float> Second) Load(float* source) => (Vector.Load(source), Vector.Load(source + Vector<float>.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store((Vector<float> First, Vector<float> Second) sums, float* destination)
    {
        sums.First.Store(destination);
        sums.Second.Store(destination + Vector<float>.Count);
    }
}
