using System.Runtime.Intrinsics;

namespace Microsoft.ML.Regularization.Tests.Arithmetic;

/// <summary>All tiles are there on any processor, if most of them not as fast.</summary>
[TestClass]
public sealed unsafe class MatrixTileTests
{
    private delegate void Tile(
        float* left, nint leftRow, nint leftColumn, float* panel, int depth, float* start, nint startRow, float* result, nint resultRow);

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(77)]
    public void A_tile_is_a_product(int depth)
    {
        Check(WideMatrixTile.Multiply, WideMatrixTile.Rows, WideMatrixTile.Columns, depth);
        Check(WideMatrixTile.MultiplyFew, WideMatrixTile.FewRows, WideMatrixTile.Columns, depth);
        Check(NarrowMatrixTile.Multiply, NarrowMatrixTile.Rows, NarrowMatrixTile.Columns, depth);
        Check(NarrowMatrixTile.MultiplyFew, NarrowMatrixTile.FewRows, NarrowMatrixTile.Columns, depth);
        Check(SmallMatrixTile.Multiply, SmallMatrixTile.Rows, SmallMatrixTile.Columns, depth);
        Check(SmallMatrixTile.MultiplyFew, SmallMatrixTile.FewRows, SmallMatrixTile.Columns, depth);
    }

    [TestMethod]
    public void The_wide_tile_is_for_wide_registers()
    {
        Assert.AreEqual(Vector512.IsHardwareAccelerated, MatrixTile.IsWide);
        Assert.AreEqual(MatrixTile.IsWide ? 32 : NarrowMatrixTile.Columns, MatrixTile.Columns);
    }

    private static void Check(Tile tile, int rows, int columns, int depth)
    {
        var (left, panel) = (MatrixProductTests.Fill(rows * depth, 1), MatrixProductTests.Fill(depth * columns, 2));
        var (start, result) = (MatrixProductTests.Fill(rows * columns, 3), MatrixProductTests.Floats(rows * columns));
        var expected = MatrixProductTests.Expected(left.Span, panel.Span, rows, depth, columns, (row, column) => start.Span[row * columns + column]);

        tile(left.Pointer, depth, 1, panel.Pointer, depth, start.Pointer, columns, result.Pointer, columns);

        MatrixProductTests.AreClose(expected, result.Span);
    }
}
