namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>A right factor that many products share, all its panels packed once.</summary>
internal sealed unsafe class PackedMatrix
{
    private readonly AlignedFloats _panels;

    /// <param name="factor">(depth, columns); its rows or its columns are contiguous.</param>
    public PackedMatrix(Matrix factor)
        : this(factor.Rows, factor.Columns) => Pack(factor);

    /// <summary>Memory for factors that come one after the other.</summary>
    public PackedMatrix(int depth, int columns)
    {
        (Depth, Columns) = (depth, columns);
        _panels = new AlignedFloats(checked(MatrixPanel.Count(Columns) * Depth * MatrixTile.Columns));
    }

    public int Depth { get; }

    public int Columns { get; }

    /// <summary>Takes a factor in the place of the one before.</summary>
    /// <param name="factor">(depth, columns); its rows or its columns are contiguous.</param>
    public void Pack(Matrix factor)
    {
        for (var panel = 0; panel < MatrixPanel.Count(Columns); panel++)
            MatrixPanel.Pack(factor, row: 0, Depth, panel, Panel(panel));
    }

    /// <summary>(depth, columns of a tile).</summary>
    public float* Panel(int index) => _panels.Pointer + (nint)index * Depth * MatrixTile.Columns;

    /// <summary>The transpose of what a linear layer keeps.</summary>
    /// <param name="weight">(outputs, inputs).</param>
    /// <param name="inputs">Numbers of a row.</param>
    public static PackedMatrix OfWeight(ReadOnlySpan<float> weight, int inputs)
    {
        fixed (float* elements = weight)
            return new PackedMatrix(new Matrix(elements, weight.Length / inputs, inputs).Transposed);
    }
}
