using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>
/// 12 rows by 32 columns: 24 sums, 2 vectors of the panel and what is multiplied fill the 32 registers of AVX-512, and independent sums keep both
/// multipliers busy.
/// </summary>
internal static unsafe class WideMatrixTile
{
    /// <summary>Rows of a tile.</summary>
    public const int Rows = 12;

    /// <summary>Rows of a small one.</summary>
    public const int FewRows = 4;

    /// <summary>Columns of a tile.</summary>
    public const int Columns = 32;

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
        var (s6a, s6b) = Load(start + 6 * startRow);
        var (s7a, s7b) = Load(start + 7 * startRow);
        var (s8a, s8b) = Load(start + 8 * startRow);
        var (s9a, s9b) = Load(start + 9 * startRow);
        var (s10a, s10b) = Load(start + 10 * startRow);
        var (s11a, s11b) = Load(start + 11 * startRow);

        // A pointer for every third row, and two strides from it, take fewer registers than a pointer for each.
        var twoRows = 2 * leftRow;
        var left3 = left + 3 * leftRow;
        var left6 = left3 + 3 * leftRow;
        var left9 = left6 + 3 * leftRow;
        for (var i = 0; i < depth; i++)
        {
            var (a, b) = Load(panel);
            panel += Columns;
            var x0 = Vector512.Create(*left);
            s0a = Vector512.FusedMultiplyAdd(x0, a, s0a);
            s0b = Vector512.FusedMultiplyAdd(x0, b, s0b);
            var x1 = Vector512.Create(left[leftRow]);
            s1a = Vector512.FusedMultiplyAdd(x1, a, s1a);
            s1b = Vector512.FusedMultiplyAdd(x1, b, s1b);
            var x2 = Vector512.Create(left[twoRows]);
            s2a = Vector512.FusedMultiplyAdd(x2, a, s2a);
            s2b = Vector512.FusedMultiplyAdd(x2, b, s2b);
            var x3 = Vector512.Create(*left3);
            s3a = Vector512.FusedMultiplyAdd(x3, a, s3a);
            s3b = Vector512.FusedMultiplyAdd(x3, b, s3b);
            var x4 = Vector512.Create(left3[leftRow]);
            s4a = Vector512.FusedMultiplyAdd(x4, a, s4a);
            s4b = Vector512.FusedMultiplyAdd(x4, b, s4b);
            var x5 = Vector512.Create(left3[twoRows]);
            s5a = Vector512.FusedMultiplyAdd(x5, a, s5a);
            s5b = Vector512.FusedMultiplyAdd(x5, b, s5b);
            var x6 = Vector512.Create(*left6);
            s6a = Vector512.FusedMultiplyAdd(x6, a, s6a);
            s6b = Vector512.FusedMultiplyAdd(x6, b, s6b);
            var x7 = Vector512.Create(left6[leftRow]);
            s7a = Vector512.FusedMultiplyAdd(x7, a, s7a);
            s7b = Vector512.FusedMultiplyAdd(x7, b, s7b);
            var x8 = Vector512.Create(left6[twoRows]);
            s8a = Vector512.FusedMultiplyAdd(x8, a, s8a);
            s8b = Vector512.FusedMultiplyAdd(x8, b, s8b);
            var x9 = Vector512.Create(*left9);
            s9a = Vector512.FusedMultiplyAdd(x9, a, s9a);
            s9b = Vector512.FusedMultiplyAdd(x9, b, s9b);
            var x10 = Vector512.Create(left9[leftRow]);
            s10a = Vector512.FusedMultiplyAdd(x10, a, s10a);
            s10b = Vector512.FusedMultiplyAdd(x10, b, s10b);
            var x11 = Vector512.Create(left9[twoRows]);
            s11a = Vector512.FusedMultiplyAdd(x11, a, s11a);
            s11b = Vector512.FusedMultiplyAdd(x11, b, s11b);
            left += leftColumn;
            left3 += leftColumn;
            left6 += leftColumn;
            left9 += leftColumn;
        }

        Store(result, s0a, s0b);
        Store(result + resultRow, s1a, s1b);
        Store(result + 2 * resultRow, s2a, s2b);
        Store(result + 3 * resultRow, s3a, s3b);
        Store(result + 4 * resultRow, s4a, s4b);
        Store(result + 5 * resultRow, s5a, s5b);
        Store(result + 6 * resultRow, s6a, s6b);
        Store(result + 7 * resultRow, s7a, s7b);
        Store(result + 8 * resultRow, s8a, s8b);
        Store(result + 9 * resultRow, s9a, s9b);
        Store(result + 10 * resultRow, s10a, s10b);
        Store(result + 11 * resultRow, s11a, s11b);
    }

    /// <summary>The same for the few rows that are left at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyFew(
        float* left, nint leftRow, nint leftColumn, float* panel, int depth, float* start, nint startRow, float* result, nint resultRow)
    {
        var (s0a, s0b) = Load(start);
        var (s1a, s1b) = Load(start + startRow);
        var (s2a, s2b) = Load(start + 2 * startRow);
        var (s3a, s3b) = Load(start + 3 * startRow);

        // A pointer for every third row, and two strides from it, take fewer registers than a pointer for each.
        var twoRows = 2 * leftRow;
        var left3 = left + 3 * leftRow;
        for (var i = 0; i < depth; i++)
        {
            var (a, b) = Load(panel);
            panel += Columns;
            var x0 = Vector512.Create(*left);
            s0a = Vector512.FusedMultiplyAdd(x0, a, s0a);
            s0b = Vector512.FusedMultiplyAdd(x0, b, s0b);
            var x1 = Vector512.Create(left[leftRow]);
            s1a = Vector512.FusedMultiplyAdd(x1, a, s1a);
            s1b = Vector512.FusedMultiplyAdd(x1, b, s1b);
            var x2 = Vector512.Create(left[twoRows]);
            s2a = Vector512.FusedMultiplyAdd(x2, a, s2a);
            s2b = Vector512.FusedMultiplyAdd(x2, b, s2b);
            var x3 = Vector512.Create(*left3);
            s3a = Vector512.FusedMultiplyAdd(x3, a, s3a);
            s3b = Vector512.FusedMultiplyAdd(x3, b, s3b);
            left += leftColumn;
            left3 += leftColumn;
        }

        Store(result, s0a, s0b);
        Store(result + resultRow, s1a, s1b);
        Store(result + 2 * resultRow, s2a, s2b);
        Store(result + 3 * resultRow, s3a, s3b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float> First, Vector512<float> Second) Load(float* source) => (Vector512.Load(source), Vector512.Load(source + Columns / 2));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* destination, Vector512<float> first, Vector512<float> second)
    {
        first.Store(destination);
        second.Store(destination + Columns / 2);
    }
}
