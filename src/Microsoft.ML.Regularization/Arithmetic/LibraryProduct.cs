namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>
/// A product that goes to the library which the calling thread holds, part by part, each on one thread. The shape alone decides on the parts, since a library
/// may sum in another order in another part.
/// </summary>
internal sealed class LibraryProduct : TeamWork
{
    // A library copies the factors of each part for itself: the larger a part, the less that counts.
    private const int MostRows = 512;
    private const int MostColumns = 512;

    // Where there were fewer parts than these, they are smaller, down to the least side.
    private const int LeastParts = 4;
    private const int LeastSide = 64;

    // Epilogues may work on whole vectors.
    private const int Lane = 16;

    [ThreadStatic]
    private static LibraryProduct? t_product;

    private IMatrixLibrary? _library;
    private Matrix _left;
    private Matrix _right;
    private Matrix _start;
    private Matrix _result;
    private IProductEpilogue? _epilogue;
    private int _rows;
    private int _columns;

    private LibraryProduct()
    {
    }

    private int Parts => Count(_result.Rows, _rows) * Count(_result.Columns, _columns);

    /// <summary>Computes it where the calling thread holds a library, the product is large, and its matrices lie as a library reads them; else gives false.</summary>
    /// <param name="left">(rows, depth).</param>
    /// <param name="right">(depth, columns).</param>
    /// <param name="start">What the sums start from.</param>
    /// <param name="result">(rows, columns).</param>
    /// <param name="epilogue">What the sums go through at last; null for nothing.</param>
    /// <param name="team">Who computes.</param>
    public static bool TryCompute(Matrix left, Matrix right, Matrix start, Matrix result, IProductEpilogue? epilogue, ThreadTeam team)
    {
        if (HeldLibrary.OfThread is not { } library
            || left.Columns == 0 || (long)result.Rows * result.Columns * left.Columns < library.LeastMultiplications
            || !IsRows(result) || !(start.IsZeros || start.ColumnStride == 1) || !(IsRows(left) || IsRows(left.Transposed)) || !(IsRows(right) || IsRows(right.Transposed)))
            return false;

        var product = t_product ??= new LibraryProduct();
        (product._library, product._left, product._right, product._start, product._result) = (library, left, right, start, result);
        product._epilogue = epilogue;
        product.Share();
        team.Run(product, product.Parts);
        (product._library, product._epilogue) = (null, null);
        return true;
    }

    public override void Run(int part)
    {
        var across = Count(_result.Columns, _columns);
        var (row, column) = (part / across * _rows, part % across * _columns);
        var (rows, columns) = (Math.Min(_rows, _result.Rows - row), Math.Min(_columns, _result.Columns - column));
        var result = _result.Block(row, column, rows, columns);
        if (!_start.IsZeros && _start != _result)
            _start.Block(row, column, rows, columns).CopyTo(result);
        _library!.Multiply(_left.Block(row, 0, rows, _left.Columns), _right.Block(0, column, _right.Rows, columns), result, isSum: !_start.IsZeros);
        _epilogue?.Apply(result, row, column);
    }

    // Halves the longer side of a part until there are enough.
    private void Share()
    {
        var (rows, columns) = (MostRows, MostColumns);
        while (true)
        {
            _rows = Side(_result.Rows, rows);
            _columns = Count(Side(_result.Columns, columns), Lane) * Lane;
            if (Parts >= LeastParts || Math.Max(_rows, _columns) <= LeastSide)
                return;
            if (_columns > _rows)
                columns = _columns / 2;
            else
                rows = _rows / 2;
        }
    }

    // Parts of about the same length.
    private static int Side(int extent, int most) => Count(extent, Count(extent, most));

    private static int Count(int extent, int side) => (extent + side - 1) / side;

    // Row by row, as far apart as a library can be told.
    private static bool IsRows(Matrix matrix) => matrix.ColumnStride == 1 && matrix.RowStride >= matrix.Columns && matrix.RowStride <= int.MaxValue;
}
