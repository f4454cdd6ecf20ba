using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>
/// 6 rows by 16 columns, for vectors of 128 bits: 24 sums, 4 vectors of the panel and what is multiplied fit into the 32 registers of ARM64.
/// </summary>
internal static unsafe class SmallMatrixTile
{
    /// <summary>Rows of a tile.</summary>
    public const int Rows = NarrowMatrixTile.Rows;

    /// <summary>Rows of a small one.</summary>
    public const int FewRows = NarrowMatrixTile.FewRows;

    /// <summary>Columns of a tile.</summary>
    public const int Columns = NarrowMatrixTile.Columns;

    /// <summary>See <see cref="MatrixTile.Multiply"/>. It is compiled at once: its loop is too long to wait for a second compilation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(
        float* left, nint leftRow, nint leftColumn, float* panel, int depth, float* start, nint startRow, float* result, nint resultRow)
    {
        var (s0a, s0b, s0c, s0d) = Load(start);
        var (s1a, s1b, s1c, s1d) = Load(start + startRow);
        var (s2a, s2b, s2c, s2d) = Load(start + 2 * startRow);
        var (s3a, s3b, s3c, s3d) = Load(start + 3 * startRow);
        var (s4a, s4b, s4c, s4d) = Load(start + 4 * startRow);
        var (s5a, s5b, s5c, s5d) = Load(start + 5 * startRow);

        // A pointer for every third row, and two strides from it, take fewer registers than a pointer for each.
        var twoRows = 2 * leftRow;
        var left3 = left + 3 * leftRow;
        for (var i = 0; i < depth; i++)
        {
            var (a, b, c, d) = Load(panel);
            panel += Columns;
            var x0 = Vector128.Create(*left);
            s0a = Vector128.FusedMultiplyAdd(x0, a, s0a);
            s0b = Vector128.FusedMultiplyAdd(x0, b, s0b);
            s0c = Vector128.FusedMultiplyAdd(x0, c, s0c);
            s0d = Vector128.FusedMultiplyAdd(x0, d, s0d);
            var x1 = Vector128.Create(left[leftRow]);
            s1a = Vector128.FusedMultiplyAdd(x1, a, s1a);
            s1b = Vector128.FusedMultiplyAdd(x1, b, s1b);
            s1c = Vector128.FusedMultiplyAdd(x1, c, s1c);
            s1d = Vector128.FusedMultiplyAdd(x1, d, s1d);
            var x2 = Vector128.Create(left[twoRows]);
            s2a = Vector128.FusedMultiplyAdd(x2, a, s2a);
            s2b = Vector128.FusedMultiplyAdd(x2, b, s2b);
            s2c = Vector128.FusedMultiplyAdd(x2, c, s2c);
            s2d = Vector128.FusedMultiplyAdd(x2, d, s2d);
            var x3 = Vector128.Create(*left3);
            s3a = Vector128.FusedMultiplyAdd(x3, a, s3a);
            s3b = Vector128.FusedMultiplyAdd(x3, b, s3b);
            s3c = Vector128.FusedMultiplyAdd(x3, c, s3c);
            s3d = Vector128.FusedMultiplyAdd(x3, d, s3d);
            var x4 = Vector128.Create(left3[leftRow]);
            s4a = Vector128.FusedMultiplyAdd(x4, a, s4a);
            s4b = Vector128.FusedMultiplyAdd(x4, b, s4b);
            s4c = Vector128.FusedMultiplyAdd(x4, c, s4c);
            s4d = Vector128.FusedMultiplyAdd(x4, d, s4d);
            var x5 = Vector128.Create(left3[twoRows]);
            s5a = Vector128.FusedMultiplyAdd(x5, a, s5a);
            s5b = Vector128.FusedMultiplyAdd(x5, b, s5b);
            s5c = Vector128.FusedMultiplyAdd(x5, c, s5c);
            s5d = Vector128.FusedMultiplyAdd(x5, d, s5d);
            left += leftColumn;
            left3 += leftColumn;
        }

        Store(result, s0a, s0b, s0c, s0d);
        Store(result + resultRow, s1a, s1b, s1c, s1d);
        Store(result + 2 * resultRow, s2a, s2b, s2c, s2d);
        Store(result + 3 * resultRow, s3a, s3b, s3c, s3d);
        Store(result + 4 * resultRow, s4a, s4b, s4c, s4d);
        Store(result + 5 * resultRow, s5a, s5b, s5c, s5d);
    }

    /// <summary>The same for the few rows that are left at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyFew(
        float* left, nint leftRow, nint leftColumn, float* panel, int depth, float* start, nint startRow, float* result, nint resultRow)
    {
        var (s0a, s0b, s0c, s0d) = Load(start);
        var (s1a, s1b, s1c, s1d) = Load(start + startRow);

        for (var i = 0; i < depth; i++)
        {
            var (a, b, c, d) = Load(panel);
            panel += Columns;
            var x0 = Vector128.Create(*left);
            s0a = Vector128.FusedMultiplyAdd(x0, a, s0a);
            s0b = Vector128.FusedMultiplyAdd(x0, b, s0b);
            s0c = Vector128.FusedMultiplyAdd(x0, c, s0c);
            s0d = Vector128.FusedMultiplyAdd(x0, d, s0d);
            var x1 = Vector128.Create(left[leftRow]);
            s1a = Vector128.FusedMultiplyAdd(x1, a, s1a);
            s1b = Vector128.FusedMultiplyAdd(x1, b, s1b);
            s1c = Vector128.FusedMultiplyAdd(x1, c, s1c);
            s1d = Vector128.FusedMultiplyAdd(x1, d, s1d);
            left += leftColumn;
        }

        Store(result, s0a, s0b, s0c, s0d);
        Store(result + resultRow, s1a, s1b, s1c, s1d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<float> First, Vector128<float> Second, Vector128<float> Third, Vector128<float> Fourth) Load(float* source) =>
        (Vector128.Load(source), Vector128.Load(source + 4), Vector128.Load(source + 8), Vector128.Load(source + 12));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* destination, Vector128<float> first, Vector128<float> second, Vector128<float> third, Vector128<float> fourth)
    {
        first.Store(destination);
        second.Store(destination + 4);
        third.Store(destination + 8);
        fourth.Store(destination + 12);
    }
}
