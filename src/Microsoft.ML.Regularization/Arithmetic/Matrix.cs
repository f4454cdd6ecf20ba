namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>Elements in memory that does not move meanwhile.</summary>
/// <param name="Elements">The address of the first element of the first row.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="RowStride">Elements from a row to the next.</param>
/// <param name="ColumnStride">Elements from a column to the next.</param>
internal readonly unsafe record struct Matrix(nint Elements, int Rows, int Columns, nint RowStride, nint ColumnStride)
{
    private static readonly AlignedFloats s_zeros = new(MatrixTile.Columns);

    /// <summary>Contiguous rows.</summary>
    public Matrix(float* elements, int rows, int columns)
        : this((nint)elements, rows, columns, columns, ColumnStride: 1)
    {
    }

    /// <summary>Whether these are <see cref="Zeros"/>.</summary>
    public bool IsZeros => Elements == (nint)s_zeros.Pointer;

    public Matrix Transposed => new(Elements, Columns, Rows, ColumnStride, RowStride);

    /// <summary>As many rows as are asked for, all of them the same row of zeros.</summary>
    public static Matrix Zeros(int rows, int columns) => new((nint)s_zeros.Pointer, rows, columns, RowStride: 0, ColumnStride: 0);

    /// <summary>As many rows as are asked for, all of them the given one.</summary>
    public static Matrix Repeat(float* row, int rows, int columns) => new((nint)row, rows, columns, RowStride: 0, ColumnStride: 1);

    public float* At(nint row, nint column) => (float*)Elements + row * RowStride + column * ColumnStride;

    public Matrix Block(int row, int column, int rows, int columns) => this with { Elements = (nint)At(row, column), Rows = rows, Columns = columns };

    /// <summary>A row whose elements are contiguous.</summary>
    public Span<float> RowSpan(int row) => new(At(row, 0), Columns);

    /// <summary>Copies rows whose elements are contiguous.</summary>
    /// <param name="destination">Has as many rows, of as many columns or more.</param>
    public void CopyTo(Matrix destination)
    {
        for (var row = 0; row < Rows; row++)
            RowSpan(row).CopyTo(destination.RowSpan(row)[..Columns]);
    }
}
