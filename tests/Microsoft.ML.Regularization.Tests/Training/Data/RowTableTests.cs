namespace Microsoft.ML.Regularization.Tests.Training.Data;

[TestClass]
public sealed class RowTableTests
{
    private static RowTable Hard => TableRows.Read(
        new TableRows.HardRow { Features = [1, 2], Label = 2, Weight = 0.5f },
        new TableRows.HardRow { Features = [3, 4], Label = 0, Weight = 2 });

    private static RowTable Soft => TableRows.Read(
        new TableRows.SoftRow { Features = [1, 2], Label = [0.2f, 0.3f, 0.5f] },
        new TableRows.SoftRow { Features = [3, 4], Label = [0.6f, 0.4f, 0] });

    [TestMethod]
    public void Rows_come_back_as_they_went_in()
    {
        var table = Hard;

        Assert.AreEqual((2, 2, 3), (table.Count, table.FeatureCount, table.TargetSize));
        CollectionAssert.AreEqual(new[] { 1f, 2 }, table.Features(0));
        CollectionAssert.AreEqual(new[] { 3f, 4 }, table.Features(1));
        Assert.AreEqual((0.5f, 2f), (table.Weight(0), table.Weight(1)));
    }

    [TestMethod]
    public void A_hard_label_is_the_whole_mass_of_its_class()
    {
        var target = new[] { 9f, 9, 9 };

        Hard.CopyTarget(0, target);

        CollectionAssert.AreEqual(new[] { 0f, 0, 1 }, target);
        Assert.AreEqual((2, 0), (Hard.MostProbableClass(0), Hard.MostProbableClass(1)));
    }

    [TestMethod]
    public void A_soft_label_is_its_own_distribution()
    {
        var target = new[] { 9f, 9, 9 };

        Soft.CopyTarget(1, target);

        CollectionAssert.AreEqual(new[] { 0.6f, 0.4f, 0 }, target);
        Assert.AreEqual((2, 0), (Soft.MostProbableClass(0), Soft.MostProbableClass(1)));
    }

    [TestMethod]
    public void Rows_of_another_table_can_be_added()
    {
        foreach (var source in new[] { Hard, Soft })
        {
            var table = new RowTable(2, 3);
            table.Add(source, 1);
            var (expected, actual) = (new float[3], new float[3]);
            source.CopyTarget(1, expected);
            table.CopyTarget(0, actual);

            Assert.AreEqual(1, table.Count);
            CollectionAssert.AreEqual(new[] { 3f, 4 }, table.Features(0));
            CollectionAssert.AreEqual(expected, actual);
            Assert.AreEqual(source.Weight(1), table.Weight(0));
        }
    }

    [TestMethod]
    public void A_cleared_table_is_like_a_new_one()
    {
        var table = Hard;
        table.Clear();
        table.Add(Soft, 0);

        Assert.AreEqual((1, 1f, 2), (table.Count, table.Weight(0), table.MostProbableClass(0)));
        CollectionAssert.AreEqual(new[] { 1f, 2 }, table.Features(0));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Rows_move_to_another_table_and_the_others_keep_their_order(bool isSparse)
    {
        var (table, moved) = (new RowTable(2, 3, isSparse), new RowTable(2, 3, isSparse));
        for (var row = 0; row < 10; row++)
            table.Add(Hard, row % 2);

        table.Move(row => row is 0 or 3 or 4 or 8, moved);

        CollectionAssert.AreEqual(new[] { 3f, 1, 3, 1, 3, 3 }, First(table));
        CollectionAssert.AreEqual(new[] { 1f, 3, 1, 1 }, First(moved));
        CollectionAssert.AreEqual(new[] { 0, 2, 0, 2, 0, 0 }, Enumerable.Range(0, table.Count).Select(table.MostProbableClass).ToArray());
        CollectionAssert.AreEqual(new[] { 0.5f, 2, 0.5f, 0.5f }, Enumerable.Range(0, moved.Count).Select(moved.Weight).ToArray());

        static float[] First(RowTable table) => [.. Enumerable.Range(0, table.Count).Select(row => table.Features(row)[0])];
    }
}
