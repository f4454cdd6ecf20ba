namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>A product of one of the 36, panel after panel, on the calling thread.</summary>
internal static unsafe class WinogradProducts
{
    /// <param name="left">(rows, depth).</param>
    /// <param name="panels">The panels of the right one, (depth, columns of a tile) each.</param>
    /// <param name="result">(rows, columns).</param>
    /// <param name="adds">Whether it is added to what is there.</param>
    public static void Compute(Matrix left, float* panels, Matrix result, bool adds)
    {
        var (rows, depth) = (new TileRows(left), left.Columns);
        for (var column = 0; column < result.Columns; column += MatrixTile.Columns, panels += depth * MatrixTile.Columns)
        {
            var block = result.Block(0, column, result.Rows, Math.Min(MatrixTile.Columns, result.Columns - column));
            PanelProduct.Compute(rows, depth, panels, adds ? block : Matrix.Zeros(block.Rows, block.Columns), block);
        }
    }
}
