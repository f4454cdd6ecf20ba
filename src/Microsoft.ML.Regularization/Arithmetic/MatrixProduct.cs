namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>
/// <c>result = start + left * right</c>. Each element's terms are added in the order of the depth, whatever number of threads there are, so that a product
/// never depends on the machine's load. Large ones go to a library where the thread holds one: see <see cref="LibraryProduct"/>.
/// </summary>
/// <remarks>
/// Goto and van de Geijn, "Anatomy of high-performance matrix multiplication" (2008): a panel of the right factor stays in the cache while the rows of the left
/// one pass by.
/// </remarks>
internal sealed unsafe class MatrixProduct : TeamWork
{
    private const int MostFewColumns = 12;

    // Fewer multiplications than these do not pay for another thread.
    private const double LeastTeamWork = 1 << 19;

    [ThreadStatic]
    private static MatrixProduct? t_product;

    [ThreadStatic]
    private static AlignedFloats? t_panel;

    private Matrix _left;
    private Matrix _right;
    private PackedMatrix? _packed;
    private Matrix _start;
    private Matrix _result;
    private IProductEpilogue? _epilogue;
    private int _rowParts;
    private int _rowsOfPart;

    private MatrixProduct()
    {
    }

    /// <param name="left">(rows, depth).</param>
    /// <param name="right">(depth, columns); its rows or its columns are contiguous.</param>
    /// <param name="start">(rows, columns), its columns contiguous; the result itself adds to it.</param>
    /// <param name="result">(rows, columns), its columns contiguous.</param>
    /// <param name="epilogue">What the sums go through at last; null for nothing.</param>
    /// <param name="team">Who computes; null for the calling thread's team.</param>
    public static void Compute(Matrix left, Matrix right, Matrix start, Matrix result, IProductEpilogue? epilogue = null, ThreadTeam? team = null)
    {
        if (result.Columns > MostFewColumns || result.Columns >= result.Rows)
        {
            Compute(left, right, packed: null, start, result, epilogue, team);
            return;
        }

        // Few columns would leave most of a tile empty. Of the product's transpose they are rows, of which tiles take few.
        Compute(right.Transposed, left.Transposed, packed: null, start.Transposed, result.Transposed, epilogue: null, team);
        epilogue?.Apply(result, 0, 0);
    }

    /// <summary>The same with a factor that was packed before.</summary>
    public static void Compute(
        Matrix left, PackedMatrix right, Matrix start, Matrix result, IProductEpilogue? epilogue = null, ThreadTeam? team = null) =>
        Compute(left, default, right, start, result, epilogue, team);

    /// <summary>Computes a panel's columns of some rows.</summary>
    public override void Run(int part)
    {
        var (panel, row) = (part / _rowParts, part % _rowParts * _rowsOfPart);
        var column = panel * MatrixTile.Columns;
        var (rows, columns) = (Math.Min(_rowsOfPart, _result.Rows - row), Math.Min(MatrixTile.Columns, _result.Columns - column));
        var (start, result) = (_start.Block(row, column, rows, columns), _result.Block(row, column, rows, columns));
        for (var first = 0; first == 0 || first < _left.Columns; first += PanelProduct.MaxDepth)
        {
            var depth = Math.Min(PanelProduct.MaxDepth, _left.Columns - first);
            PanelProduct.Compute(new TileRows(_left.Block(row, first, rows, depth)), depth, PanelAt(panel, first, depth), start, result);
            start = result;
        }

        _epilogue?.Apply(result, row, column);
    }

    private static void Compute(Matrix left, Matrix right, PackedMatrix? packed, Matrix start, Matrix result, IProductEpilogue? epilogue, ThreadTeam? team)
    {
        if (result.Rows == 0 || result.Columns == 0)
            return;

        team ??= ThreadTeam.Current;
        if (packed is null && LibraryProduct.TryCompute(left, right, start, result, epilogue, team))
            return;

        if (BlockProduct.Takes(left, result))
        {
            BlockProduct.Compute(left, right, packed, start, result, epilogue, team);
            return;
        }

        var product = t_product ??= new MatrixProduct();
        (product._left, product._right, product._packed, product._start, product._result) = (left, right, packed, start, result);
        product._epilogue = epilogue;

        // Panels are the parts; where there are fewer than threads, their rows are parted too.
        var panels = MatrixPanel.Count(result.Columns);
        var threads = (double)left.Rows * left.Columns * result.Columns < LeastTeamWork ? 1 : team.Size;
        var tiles = (result.Rows + MatrixTile.Rows - 1) / MatrixTile.Rows;
        var tilesOfPart = Math.Max(1, tiles / ((threads + panels - 1) / panels));
        product._rowsOfPart = tilesOfPart * MatrixTile.Rows;
        product._rowParts = (tiles + tilesOfPart - 1) / tilesOfPart;
        if (threads > 1)
            team.Run(product, product._rowParts * panels);
        else
            product.RunAlone(product._rowParts * panels);
        (product._packed, product._epilogue) = (null, null);
    }

    private float* PanelAt(int panel, int first, int depth)
    {
        if (_packed is not null)
            return _packed.Panel(panel) + (nint)first * MatrixTile.Columns;

        var memory = AlignedFloats.Ensure(ref t_panel, PanelProduct.MaxDepth * MatrixTile.Columns);
        MatrixPanel.Pack(_right, first, depth, panel, memory.Pointer);
        return memory.Pointer;
    }
}
