using System.Runtime.CompilerServices;

namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>Multiplies rows by one panel, tile by tile.</summary>
internal static unsafe class PanelProduct
{
    /// <summary>The most that one call may sum over.</summary>
    public const int MaxDepth = 512;

    // The size of the wide tile.
    private const int LargestTile = 12 * 32;
    private const int MostFewRows = 4;

    /// <summary><c>result = start + left * panel</c>.</summary>
    /// <param name="left">(rows, depth).</param>
    /// <param name="depth">Columns of the left factor.</param>
    /// <param name="panel">(depth, columns of a tile).</param>
    /// <param name="start">(rows, columns); the result itself adds to it.</param>
    /// <param name="result">(rows, columns), as many columns as a tile has, or fewer at the edge; contiguous columns are faster.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compute(TileRows left, int depth, float* panel, Matrix start, Matrix result)
    {
        var fills = Fills(result);
        var isHalf = fills && result.Columns < MatrixTile.Columns;
        var done = fills ? result.Rows / MatrixTile.Rows * MatrixTile.Rows : 0;
        var rows = (float*)left.First;
        var from = start.At(0, 0);
        var to = result.At(0, 0);
        for (var row = 0; row < done; row += MatrixTile.Rows)
        {
            if (isHalf)
                HalfMatrixTile.Multiply(rows, left.RowStride, left.ColumnStride, panel, depth, from, start.RowStride, to, result.RowStride);
            else
                MatrixTile.Multiply(MatrixTile.Rows, rows, left.RowStride, left.ColumnStride, panel, depth, from, start.RowStride, to, result.RowStride);
            rows += left.TileStride;
            from += MatrixTile.Rows * start.RowStride;
            to += MatrixTile.Rows * result.RowStride;
        }

        if (done < result.Rows)
            ComputeEdge(left, depth, panel, start, result, done);
    }

    // Whether a tile writes no columns but the result's.
    private static bool Fills(Matrix result) =>
        result.ColumnStride == 1 && (result.Columns == MatrixTile.Columns || (MatrixTile.IsWide && result.Columns == HalfMatrixTile.Columns));

    // Where a tile is not full.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ComputeEdge(TileRows left, int depth, float* panel, Matrix start, Matrix result, int firstRow)
    {
        var edgeTile = stackalloc float[LargestTile];
        var edgeRows = stackalloc float[MaxDepth * MostFewRows];
        for (int row = firstRow, tileRows; row < result.Rows; row += tileRows)
        {
            tileRows = result.Rows - row >= MatrixTile.Rows ? MatrixTile.Rows : MatrixTile.FewRows;
            var rows = Math.Min(tileRows, result.Rows - row);
            var source = left.At(row, rows, depth);
            if (rows < tileRows)
                source = Pad(source, edgeRows);

            var (from, to) = (start.Block(row, 0, rows, result.Columns), result.Block(row, 0, rows, result.Columns));
            if (rows == tileRows && Fills(to))
            {
                Multiply(tileRows, source, panel, from, to);
                continue;
            }

            var tile = new Matrix(edgeTile, tileRows, MatrixTile.Columns);
            Copy(from, tile);
            Multiply(tileRows, source, panel, tile, tile);
            Copy(tile.Block(0, 0, rows, to.Columns), to);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply(int tileRows, Matrix left, float* panel, Matrix start, Matrix result)
    {
        var rows = left.At(0, 0);
        var from = start.At(0, 0);
        var to = result.At(0, 0);
        if (result.Columns == MatrixTile.Columns)
            MatrixTile.Multiply(tileRows, rows, left.RowStride, left.ColumnStride, panel, left.Columns, from, start.RowStride, to, result.RowStride);
        else if (tileRows == MatrixTile.Rows)
            HalfMatrixTile.Multiply(rows, left.RowStride, left.ColumnStride, panel, left.Columns, from, start.RowStride, to, result.RowStride);
        else
            HalfMatrixTile.MultiplyFew(rows, left.RowStride, left.ColumnStride, panel, left.Columns, from, start.RowStride, to, result.RowStride);
    }

    // Rows that are not there are rows of zeros. Columns come one after another, which the tile reads as well.
    private static Matrix Pad(Matrix rows, float* padded)
    {
        var target = new Matrix((nint)padded, MatrixTile.FewRows, rows.Columns, RowStride: 1, ColumnStride: MatrixTile.FewRows);
        new Span<float>(padded, rows.Columns * MatrixTile.FewRows).Clear();
        Copy(rows, target with { Rows = rows.Rows });
        return target;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Copy(Matrix source, Matrix destination)
    {
        var (from, to) = (source.ColumnStride, destination.ColumnStride);
        for (var row = 0; row < source.Rows; row++)
        {
            var (read, written) = ((nint)source.At(row, 0), (nint)destination.At(row, 0));
            for (var column = 0; column < source.Columns; column++)
                ((float*)written)[column * to] = ((float*)read)[column * from];
        }
    }
}
