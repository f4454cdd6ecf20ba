namespace Microsoft.ML.Regularization.Tests.Arithmetic;

[TestClass]
public sealed unsafe class MatrixTranspositionTests
{
    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(8, 8)]
    [DataRow(7, 9)]
    [DataRow(32, 61)]
    [DataRow(19, 24)]
    public void Rows_become_columns(int rows, int columns)
    {
        // Both lie in wider memory.
        var (sourceRow, destinationRow) = (columns + 3, rows + 5);
        var source = MatrixProductTests.Fill(rows * sourceRow, 1);
        var destination = MatrixProductTests.Floats(columns * destinationRow);

        MatrixTransposition.Transpose(source.Pointer, sourceRow, rows, columns, destination.Pointer, destinationRow);

        for (var row = 0; row < destinationRow; row++)
        {
            for (var column = 0; column < columns; column++)
                Assert.AreEqual(row < rows ? source.Span[row * sourceRow + column] : 0, destination.Span[column * destinationRow + row]);
        }
    }
}
