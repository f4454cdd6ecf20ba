using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>The innermost loop of matrix products: a tile of the result, whose sums stay in the processor's vector registers.</summary>
internal static unsafe class MatrixTile
{
    /// <summary>Whether the processor has registers for the wide tile. It computes with twice the width that libtorch's matrix library uses on some.</summary>
    public static bool IsWide => Vector512.IsHardwareAccelerated;

    /// <summary>Rows of a tile.</summary>
    public static int Rows => IsWide ? WideMatrixTile.Rows : NarrowMatrixTile.Rows;

    /// <summary>Rows of a small tile.</summary>
    public static int FewRows => IsWide ? WideMatrixTile.FewRows : NarrowMatrixTile.FewRows;

    /// <summary>Columns of a tile: 16 or twice as many, so that what follows a product may work on whole vectors of 512 bits.</summary>
    public static int Columns => IsWide ? WideMatrixTile.Columns : NarrowMatrixTile.Columns;

    // The processors of ARM64 have more registers, of half the width.
    private static bool IsSmall => !Vector256.IsHardwareAccelerated;

    /// <summary><c>result = start + left * panel</c>, for <see cref="Rows"/> or <see cref="FewRows"/> rows.</summary>
    /// <param name="rows">Which of the two.</param>
    /// <param name="left">The left factor's first element of the tile's first row.</param>
    /// <param name="leftRow">Elements from a row of the left factor to the next.</param>
    /// <param name="leftColumn">Elements from a column of the left factor to the next.</param>
    /// <param name="panel">(depth, <see cref="Columns"/>) of the right factor, contiguous.</param>
    /// <param name="depth">Columns of the left factor, rows of the right one.</param>
    /// <param name="start">What the sums start from, its columns contiguous.</param>
    /// <param name="startRow">Elements from a row of the start to the next; 0 where all rows start from the same.</param>
    /// <param name="result">Receives the tile, its columns contiguous.</param>
    /// <param name="resultRow">Elements from a row of the result to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply(
        int rows, float* left, nint leftRow, nint leftColumn, float* panel, int depth, float* start, nint startRow, float* result, nint resultRow)
    {
        if (IsWide && rows == WideMatrixTile.Rows)
            WideMatrixTile.Multiply(left, leftRow, leftColumn, panel, depth, start, startRow, result, resultRow);
        else if (IsWide)
            WideMatrixTile.MultiplyFew(left, leftRow, leftColumn, panel, depth, start, startRow, result, resultRow);
        else if (IsSmall && rows == SmallMatrixTile.Rows)
            SmallMatrixTile.Multiply(left, leftRow, leftColumn, panel, depth, start, startRow, result, resultRow);
        else if (IsSmall)
            SmallMatrixTile.MultiplyFew(left, leftRow, leftColumn, panel, depth, start, startRow, result, resultRow);
        else if (rows == NarrowMatrixTile.Rows)
            NarrowMatrixTile.Multiply(left, leftRow, leftColumn, panel, depth, start, startRow, result, resultRow);
        else
            NarrowMatrixTile.MultiplyFew(left, leftRow, leftColumn, panel, depth, start, startRow, result, resultRow);
    }
}
