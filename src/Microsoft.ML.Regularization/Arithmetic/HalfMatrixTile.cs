using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>The left half of a <see cref="WideMatrixTile"/>, for results of 16 columns: the other half would multiply nothing but zeros.</summary>
internal static unsafe class HalfMatrixTile
{
    /// <summary>Columns of a tile.</summary>
    public const int Columns = WideMatrixTile.Columns / 2;

    /// <summary>See <see cref="MatrixTile.Multiply"/>; the panel is that of a wide tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(
        float* left, nint leftRow, nint leftColumn, float* panel, int depth, float* start, nint startRow, float* result, nint resultRow)
    {
        var s0 = Vector512.Load(start);
        var s1 = Vector512.Load(start + startRow);
        var s2 = Vector512.Load(start + 2 * startRow);
        var s3 = Vector512.Load(start + 3 * startRow);
        var s4 = Vector512.Load(start + 4 * startRow);
        var s5 = Vector512.Load(start + 5 * startRow);
        var s6 = Vector512.Load(start + 6 * startRow);
        var s7 = Vector512.Load(start + 7 * startRow);
        var s8 = Vector512.Load(start + 8 * startRow);
        var s9 = Vector512.Load(start + 9 * startRow);
        var s10 = Vector512.Load(start + 10 * startRow);
        var s11 = Vector512.Load(start + 11 * startRow);

        // A pointer for every third row, and two strides from it, take fewer registers than a pointer for each.
        var twoRows = 2 * leftRow;
        var left3 = left + 3 * leftRow;
        var left6 = left3 + 3 * leftRow;
        var left9 = left6 + 3 * leftRow;
        for (var i = 0; i < depth; i++)
        {
            var a = Vector512.Load(panel);
            panel += WideMatrixTile.Columns;
            s0 = Vector512.FusedMultiplyAdd(Vector512.Create(*left), a, s0);
            s1 = Vector512.FusedMultiplyAdd(Vector512.Create(left[leftRow]), a, s1);
            s2 = Vector512.FusedMultiplyAdd(Vector512.Create(left[twoRows]), a, s2);
            s3 = Vector512.FusedMultiplyAdd(Vector512.Create(*left3), a, s3);
            s4 = Vector512.FusedMultiplyAdd(Vector512.Create(left3[leftRow]), a, s4);
            s5 = Vector512.FusedMultiplyAdd(Vector512.Create(left3[twoRows]), a, s5);
            s6 = Vector512.FusedMultiplyAdd(Vector512.Create(*left6), a, s6);
            s7 = Vector512.FusedMultiplyAdd(Vector512.Create(left6[leftRow]), a, s7);
            s8 = Vector512.FusedMultiplyAdd(Vector512.Create(left6[twoRows]), a, s8);
            s9 = Vector512.FusedMultiplyAdd(Vector512.Create(*left9), a, s9);
            s10 = Vector512.FusedMultiplyAdd(Vector512.Create(left9[leftRow]), a, s10);
            s11 = Vector512.FusedMultiplyAdd(Vector512.Create(left9[twoRows]), a, s11);
            left += leftColumn;
            left3 += leftColumn;
            left6 += leftColumn;
            left9 += leftColumn;
        }

        s0.Store(result);
        s1.Store(result + resultRow);
        s2.Store(result + 2 * resultRow);
        s3.Store(result + 3 * resultRow);
        s4.Store(result + 4 * resultRow);
        s5.Store(result + 5 * resultRow);
        s6.Store(result + 6 * resultRow);
        s7.Store(result + 7 * resultRow);
        s8.Store(result + 8 * resultRow);
        s9.Store(result + 9 * resultRow);
        s10.Store(result + 10 * resultRow);
        s11.Store(result + 11 * resultRow);
    }

    /// <summary>The same for the few rows that are left at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyFew(
        float* left, nint leftRow, nint leftColumn, float* panel, int depth, float* start, nint startRow, float* result, nint resultRow)
    {
        var s0 = Vector512.Load(start);
        var s1 = Vector512.Load(start + startRow);
        var s2 = Vector512.Load(start + 2 * startRow);
        var s3 = Vector512.Load(start + 3 * startRow);

        // A pointer for every third row, and two strides from it, take fewer registers than a pointer for each.
        var twoRows = 2 * leftRow;
        var left3 = left + 3 * leftRow;
        for (var i = 0; i < depth; i++)
        {
            var a = Vector512.Load(panel);
            panel += WideMatrixTile.Columns;
            s0 = Vector512.FusedMultiplyAdd(Vector512.Create(*left), a, s0);
            s1 = Vector512.FusedMultiplyAdd(Vector512.Create(left[leftRow]), a, s1);
            s2 = Vector512.FusedMultiplyAdd(Vector512.Create(left[twoRows]), a, s2);
            s3 = Vector512.FusedMultiplyAdd(Vector512.Create(*left3), a, s3);
            left += leftColumn;
            left3 += leftColumn;
        }

        s0.Store(result);
        s1.Store(result + resultRow);
        s2.Store(result + 2 * resultRow);
        s3.Store(result + 3 * resultRow);
    }
}
