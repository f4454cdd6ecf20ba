namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>
/// A product whose left factor is too large for the cache, or clashes there with itself: all panels of the right one are packed, then blocks of rows pass by all
/// of them, so that a block comes from memory once. Threads share blocks out; each element's terms are added in the order of the depth.
/// </summary>
internal sealed unsafe class BlockProduct : TeamWork
{
    // With these the rows of a block, and what a tile reads, stay in the caches next to the core.
    private const int MostDepth = 256;
    private const int MostRows = 96;

    // Blocks for each thread: the more, the less one waits for another.
    private const int BlocksOfThread = 4;

    // Floats of a left factor that stay in the cache while panel after panel passes by, and of a right factor that is packed as a whole.
    private const int LeastLeft = 1 << 16;
    private const int MostRight = 1 << 24;

    [ThreadStatic]
    private static BlockProduct? t_product;

    [ThreadStatic]
    private static AlignedFloats? t_rows;

    private Matrix _left;
    private Matrix _right;
    private Matrix _start;
    private Matrix _result;
    private IProductEpilogue? _epilogue;
    private AlignedFloats? _memory;
    private PackedMatrix? _packed;
    private bool _packs;
    private int _depth;
    private int _rows;

    private BlockProduct()
    {
    }

    private int Panels => MatrixPanel.Count(_result.Columns);

    /// <summary>Whether it is the faster for these factors.</summary>
    public static bool Takes(Matrix left, Matrix result) =>
        result.ColumnStride == 1 && result.Rows >= 2 * MatrixTile.Rows && MatrixPanel.Count(result.Columns) > 2
        && ((long)left.Rows * left.Columns > LeastLeft || TileRows.Clash(left)) && (long)left.Columns * result.Columns <= MostRight;

    /// <param name="left">(rows, depth).</param>
    /// <param name="right">(depth, columns).</param>
    /// <param name="packed">The right factor, where it was packed before.</param>
    /// <param name="start">What the sums start from.</param>
    /// <param name="result">(rows, columns).</param>
    /// <param name="epilogue">What the sums go through at last; null for nothing.</param>
    /// <param name="team">Who computes.</param>
    public static void Compute(Matrix left, Matrix right, PackedMatrix? packed, Matrix start, Matrix result, IProductEpilogue? epilogue, ThreadTeam team)
    {
        var product = t_product ??= new BlockProduct();
        (product._left, product._right, product._packed, product._start, product._result) = (left, right, packed, start, result);
        product._epilogue = epilogue;
        product.Compute(team);
        (product._packed, product._epilogue) = (null, null);
    }

    public override void Run(int part)
    {
        if (_packs)
            Pack(part);
        else
            Multiply(part);
    }

    private void Compute(ThreadTeam team)
    {
        var blocks = (_left.Columns + MostDepth - 1) / MostDepth;
        _depth = (_left.Columns + blocks - 1) / blocks;
        if (_packed is null)
        {
            AlignedFloats.Ensure(ref _memory, Panels * MatrixTile.Columns * _left.Columns);
            _packs = true;
            team.Run(this, blocks * Panels);
            _packs = false;
        }

        var tiles = (_result.Rows + MatrixTile.Rows - 1) / MatrixTile.Rows;
        _rows = Math.Clamp(tiles / (BlocksOfThread * team.Size), 1, MostRows / MatrixTile.Rows) * MatrixTile.Rows;
        team.Run(this, (_result.Rows + _rows - 1) / _rows);
    }

    private void Pack(int part)
    {
        var (panel, first) = (part % Panels, part / Panels * _depth);
        MatrixPanel.Pack(_right, first, Math.Min(_depth, _left.Columns - first), panel, PanelAt(panel, first));
    }

    private void Multiply(int part)
    {
        var row = part * _rows;
        var rows = Math.Min(_rows, _result.Rows - row);
        for (var first = 0; first < _left.Columns; first += _depth)
        {
            var depth = Math.Min(_depth, _left.Columns - first);
            var left = LeftAt(row, rows, first, depth);
            for (var panel = 0; panel < Panels; panel++)
            {
                var column = panel * MatrixTile.Columns;
                var columns = Math.Min(MatrixTile.Columns, _result.Columns - column);
                var result = _result.Block(row, column, rows, columns);
                PanelProduct.Compute(left, depth, PanelAt(panel, first), first == 0 ? _start.Block(row, column, rows, columns) : result, result);
            }
        }

        _epilogue?.Apply(_result.Block(row, 0, rows, _result.Columns), row, column: 0);
    }

    private TileRows LeftAt(int row, int rows, int first, int depth)
    {
        if (_left.ColumnStride != 1)
            return TileRows.Pack(_left, row, rows, first, depth, AlignedFloats.Ensure(ref t_rows, TileRows.PackedLength(rows, depth)).Pointer);
        return TileRows.Clash(_left)
            ? TileRows.Copy(_left, row, rows, first, depth, AlignedFloats.Ensure(ref t_rows, TileRows.CopiedLength(rows, depth)).Pointer)
            : new TileRows(_left.Block(row, first, rows, depth));
    }

    private float* PanelAt(int panel, int first) => (_packed is { } packed
        ? packed.Panel(panel)
        : _memory!.Pointer + (nint)panel * _left.Columns * MatrixTile.Columns) + (nint)first * MatrixTile.Columns;
}
