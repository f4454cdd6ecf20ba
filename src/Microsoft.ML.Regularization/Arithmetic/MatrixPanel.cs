using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>As many columns of a right factor as a tile has, contiguous and padded with zeros: what the innermost loop reads.</summary>
internal static unsafe class MatrixPanel
{
    /// <summary>How many panels a factor has.</summary>
    public static int Count(int columns) => (columns + MatrixTile.Columns - 1) / MatrixTile.Columns;

    /// <param name="factor">The right factor; its rows or its columns are contiguous.</param>
    /// <param name="row">The first row to take.</param>
    /// <param name="depth">How many rows.</param>
    /// <param name="index">Which panel.</param>
    /// <param name="panel">Receives (depth, <see cref="MatrixTile.Columns"/>).</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack(Matrix factor, int row, int depth, int index, float* panel)
    {
        var column = index * MatrixTile.Columns;
        var columns = Math.Min(MatrixTile.Columns, factor.Columns - column);
        if (columns < MatrixTile.Columns)
            NativeMemory.Clear(panel, (nuint)((nint)depth * MatrixTile.Columns * sizeof(float)));

        var source = factor.At(row, column);
        if (factor.ColumnStride != 1)
        {
            MatrixTransposition.Transpose(source, factor.ColumnStride, columns, depth, panel, MatrixTile.Columns);
            return;
        }

        if (columns == MatrixTile.Columns)
        {
            for (var i = 0; i < depth; i++, source += factor.RowStride, panel += columns)
            {
                for (var j = 0; j < columns; j += Vector<float>.Count)
                    Vector.Load(source + j).Store(panel + j);
            }

            return;
        }

        for (var i = 0; i < depth; i++)
            new ReadOnlySpan<float>(source + i * factor.RowStride, columns).CopyTo(new Span<float>(panel + (nint)i * MatrixTile.Columns, columns));
    }
}
