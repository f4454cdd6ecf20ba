namespace Microsoft.ML.Regularization.Tests.Training.Data;

[TestClass]
public sealed class RowBlocksTests
{
    [TestMethod]
    [DataRow(1, 200_000)]
    [DataRow(3, 50_000)]
    [DataRow(100_000, 5)]
    public void Rows_of_many_blocks_come_back_as_they_went_in(int width, int rows)
    {
        var blocks = Filled(width, rows);

        Assert.AreEqual(rows, blocks.Count);
        for (var row = 0; row < rows; row++)
            AssertRow(blocks[row], width, row);
    }

    [TestMethod]
    public void A_row_of_no_values_counts()
    {
        var blocks = Filled(width: 0, rows: 70_000);

        Assert.AreEqual(70_000, blocks.Count);
        Assert.AreEqual(0, blocks[69_999].Length);
    }

    [TestMethod]
    [DataRow(2, 100_000)]
    [DataRow(40_000, 6)]
    public void Rows_that_are_kept_move_up_in_their_order(int width, int rows)
    {
        var blocks = Filled(width, rows);
        var kept = Enumerable.Range(0, rows).Where(row => row % 3 != 1).ToList();

        blocks.Keep(row => row % 3 != 1);
        kept.Add(7);
        blocks.Add(Row(width, 7));

        Assert.AreEqual(kept.Count, blocks.Count);
        for (var row = 0; row < kept.Count; row++)
            AssertRow(blocks[row], width, kept[row]);
    }

    [TestMethod]
    public void Emptied_blocks_are_filled_anew()
    {
        var blocks = Filled(width: 3, rows: 50_000);
        blocks.Clear();
        for (var row = 0; row < 60_000; row++)
            blocks.Add(Row(3, row + 5));

        Assert.AreEqual(60_000, blocks.Count);
        AssertRow(blocks[59_999], 3, 60_004);
        AssertRow(blocks[0], 3, 5);
    }

    [TestMethod]
    public void Memory_that_is_taken_from_a_block_serves_the_next_one()
    {
        var blocks = new RowBlocks<float>(1 << 15);
        for (var row = 0; row < 4; row++)
        {
            if (row == 2)
                blocks.Release(0);
            blocks.Add(Row(1 << 15, row));
        }

        AssertRow(blocks[2], 1 << 15, 2);
        AssertRow(blocks[3], 1 << 15, 3);
        AssertRow(blocks.Block(1)[(1 << 15)..], 1 << 15, 3);
    }

    private static RowBlocks<float> Filled(int width, int rows)
    {
        var blocks = new RowBlocks<float>(width);
        for (var row = 0; row < rows; row++)
            blocks.Add(Row(width, row));
        return blocks;
    }

    private static float[] Row(int width, int row) => [.. Enumerable.Range(0, width).Select(place => (float)(row + place))];

    private static void AssertRow(ReadOnlySpan<float> actual, int width, int row) => Assert.IsTrue(actual.SequenceEqual(Row(width, row)), $"row {row}");
}
