using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>
/// 6 rows by 16 columns, for vectors of 256 bits: 12 sums and what is multiplied fit into 16 registers.
/// </summary>
internal static unsafe class NarrowMatrixTile
{
    /// <summary>Rows of a tile.</summary>
    public const int Rows = 6;

    /// <summary>Rows of a small one.</summary>
    public const int FewRows = 2;

    /// <summary>Columns of a tile.</summary>
    public const int Columns = 16;

    /// <summary>See <see cref="MatrixTile.Multiply"/>. It is compiled at once: its loop is too long to wait for a second compilation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(
        float* left, nint leftRow, nint leftColumn, float* panel, int depth, float* start, nint startRow, float* result, nint resultRow)
    {
        var (s0a, s0b) = Load(start);
        var (s1a, s1b) = Load(start + startRow);
        var (s2a, s2b) = Load(start + 2 * startRow);
        var (s3a, s3b) = Load(start + 3 * startRow);
        var (s4a, s4b) = Load(start + 4 * startRow);
        var (s5a, s5b) = Load(start + 5 * startRow);

        // A pointer for every third row, and two strides from it, take fewer registers than a pointer for each.
        var twoRows = 2 * leftRow;
        var left3 = left + 3 * leftRow;
        for (var i = 0; i < depth; i++)
        {
            var (a, b) = Load(panel);
            panel += Columns;
            var x0 = Vector256.Create(*left);
            s0a = Vector256.FusedMultiplyAdd(x0, a, s0a);
            s0b = Vector256.FusedMultiplyAdd(x0, b, s0b);
            var x1 = Vector256.Create(left[leftRow]);
            s1a = Vector256.FusedMultiplyAdd(x1, a, s1a);
            s1b = Vector256.FusedMultiplyAdd(x1, b, s1b);
            var x2 = Vector256.Create(left[twoRows]);
            s2a = Vector256.FusedMultiplyAdd(x2, a, s2a);
            s2b = Vector256.FusedMultiplyAdd(x2, b, s2b);
            var x3 = Vector256.Create(*left3);
            s3a = Vector256.FusedMultiplyAdd(x3, a, s3a);
            s3b = Vector256.FusedMultiplyAdd(x3, b, s3b);
            var x4 = Vector256.Create(left3[leftRow]);
            s4a = Vector256.FusedMultiplyAdd(x4, a, s4a);
            s4b = Vector256.FusedMultiplyAdd(x4, b, s4b);
            var x5 = Vector256.Create(left3[twoRows]);
            s5a = Vector256.FusedMultiplyAdd(x5, a, s5a);
            s5b = Vector256.FusedMultiplyAdd(x5, b, s5b);
            left += leftColumn;
            left3 += leftColumn;
        }

        Store(result, s0a, s0b);
        Store(result + resultRow, s1a, s1b);
        Store(result + 2 * resultRow, s2a, s2b);
        Store(result + 3 * resultRow, s3a, s3b);
        Store(result + 4 * resultRow, s4a, s4b);
        Store(result + 5 * resultRow, s5a, s5b);
    }

    /// <summary>The same for the few rows that are left at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyFew(
        float* left, nint leftRow, nint leftColumn, float* panel, int depth, float* start, nint startRow, float* result, nint resultRow)
    {
        var (s0a, s0b) = Load(start);
        var (s1a, s1b) = Load(start + startRow);

        for (var i = 0; i < depth; i++)
        {
            var (a, b) = Load(panel);
            panel += Columns;
            var x0 = Vector256.Create(*left);
            s0a = Vector256.FusedMultiplyAdd(x0, a, s0a);
            s0b = Vector256.FusedMultiplyAdd(x0, b, s0b);
            var x1 = Vector256.Create(left[leftRow]);
            s1a = Vector256.FusedMultiplyAdd(x1, a, s1a);
            s1b = Vector256.FusedMultiplyAdd(x1, b, s1b);
            left += leftColumn;
        }

        Store(result, s0a, s0b);
        Store(result + resultRow, s1a, s1b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> First, Vector256<float> Second) Load(float* source) => (Vector256.Load(source), Vector256.Load(source + Columns / 2));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* destination, Vector256<float> first, Vector256<float> second)
    {
        first.Store(destination);
        second.Store(destination + Columns / 2);
    }
}
