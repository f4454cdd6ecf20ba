using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>Rows of a left factor as tiles read them.</summary>
/// <param name="First">The address of the first element of the first row.</param>
/// <param name="TileStride">Elements from a tile's rows to those of the next.</param>
/// <param name="RowStride">Elements from a row of a tile to the next.</param>
/// <param name="ColumnStride">Elements from a column to the next.</param>
internal readonly unsafe record struct TileRows(nint First, nint TileStride, nint RowStride, nint ColumnStride)
{
    // A vector may reach beyond the last tile.
    private const int Slack = 16;

    // Floats of a line of the cache, and of a page, after which its lines begin anew.
    private const int Line = 16;
    private const int ClashingStride = 1024;

    private static int CopiedStride(int depth) => (depth + Line - 1) / Line * Line + Line;

    /// <summary>The rows where they are.</summary>
    public TileRows(Matrix rows)
        : this(rows.Elements, MatrixTile.Rows * rows.RowStride, rows.RowStride, rows.ColumnStride)
    {
    }

    /// <summary>Floats that <see cref="Pack"/> needs.</summary>
    public static int PackedLength(int rows, int depth) => (rows + MatrixTile.Rows - 1) / MatrixTile.Rows * MatrixTile.Rows * depth + Slack;

    /// <summary>
    /// Copies rows whose elements lie far apart, so that a tile reads one column behind the other: from where they are it would take a cache line for each few.
    /// </summary>
    /// <param name="factor">The factor, all its rows; a column's are contiguous.</param>
    /// <param name="row">The first row to take.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="column">The first column to take.</param>
    /// <param name="depth">How many columns.</param>
    /// <param name="memory">Receives them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TileRows Pack(Matrix factor, int row, int rows, int column, int depth, float* memory)
    {
        var (tile, vector) = (MatrixTile.Rows, MatrixTile.IsWide ? Vector512<float>.Count : Vector256<float>.Count);
        for (int first = 0; first < rows; first += tile)
        {
            var source = factor.At(row + first, column);
            var target = memory + (nint)first * depth;
            if (row + first + vector > factor.Rows)
            {
                for (var i = 0; i < depth; i++, source += factor.ColumnStride, target += tile)
                    new ReadOnlySpan<float>(source, Math.Min(tile, factor.Rows - row - first)).CopyTo(new Span<float>(target, tile));
                continue;
            }

            // What a vector writes beyond the tile, the next one overwrites.
            for (var i = 0; i < depth; i++, source += factor.ColumnStride, target += tile)
            {
                if (MatrixTile.IsWide)
                    Vector512.Load(source).Store(target);
                else
                    Vector256.Load(source).Store(target);
            }
        }

        return new TileRows((nint)memory, (nint)tile * depth, RowStride: 1, tile);
    }

    /// <summary>
    /// Whether a factor's rows, or its columns, lie so far apart that they fall on the same lines of the first cache, which has place for eight or twelve of them.
    /// </summary>
    public static bool Clash(Matrix factor) => (factor.ColumnStride == 1 ? factor.RowStride : factor.ColumnStride) % ClashingStride == 0;

    /// <summary>Floats that <see cref="Copy"/> needs.</summary>
    public static int CopiedLength(int rows, int depth) => rows * CopiedStride(depth);

    /// <summary>Copies rows that clash: see <see cref="Clash"/>.</summary>
    /// <param name="factor">The factor; a row's elements are contiguous.</param>
    /// <param name="row">The first row to take.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="column">The first column to take.</param>
    /// <param name="depth">How many columns.</param>
    /// <param name="memory">Receives them.</param>
    public static TileRows Copy(Matrix factor, int row, int rows, int column, int depth, float* memory)
    {
        var stride = CopiedStride(depth);
        for (var i = 0; i < rows; i++)
            new ReadOnlySpan<float>(factor.At(row + i, column), depth).CopyTo(new Span<float>(memory + (nint)i * stride, depth));
        return new TileRows(new Matrix((nint)memory, rows, depth, stride, 1));
    }

    /// <summary>Some rows, of one tile.</summary>
    public Matrix At(int row, int rows, int depth) => new(
        (nint)((float*)First + row / MatrixTile.Rows * TileStride + row % MatrixTile.Rows * RowStride), rows, depth, RowStride, ColumnStride);
}
