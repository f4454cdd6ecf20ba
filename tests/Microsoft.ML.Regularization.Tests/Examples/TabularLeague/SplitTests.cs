using TabularLeague;

namespace Microsoft.ML.Regularization.Tests.Examples;

[TestClass]
public sealed class SplitTests
{
    [TestMethod]
    [DataRow(178, 142)]
    [DataRow(1797, 300)]
    [DataRow(53940, 5000)]
    [DataRow(53940, 43940)]
    public void No_row_trains_and_tests(int rows, int trainingRows)
    {
        var split = Split.Of("table", rows, trainingRows, seed: 3);
        Assert.HasCount(trainingRows, split.Training);
        Assert.HasCount(Math.Min(10_000, rows - trainingRows), split.Test);
        var both = split.Training.Concat(split.Test).ToHashSet();
        Assert.HasCount(split.Training.Length + split.Test.Length, both);
        Assert.IsTrue(both.All(row => row >= 0 && row < rows));
    }

    [TestMethod]
    public void The_table_and_the_seed_draw_it()
    {
        CollectionAssert.AreEqual(Split.Of("a", 1000, 300, 1).Training, Split.Of("a", 1000, 300, 1).Training);
        CollectionAssert.AreNotEqual(Split.Of("a", 1000, 300, 1).Training, Split.Of("a", 1000, 300, 2).Training);
        CollectionAssert.AreNotEqual(Split.Of("a", 1000, 300, 1).Training, Split.Of("b", 1000, 300, 1).Training);
        CollectionAssert.IsSubsetOf(Split.Of("a", 1000, 300, 1).Training, Split.Of("a", 1000, 600, 1).Training);
    }

    [TestMethod]
    public void Rows_to_test_on_remain()
    {
        Assert.AreEqual(143, Split.LargestTraining(178));
        Assert.AreEqual(16512, Split.LargestTraining(20640));
        Assert.AreEqual(43940, Split.LargestTraining(53940));
        Assert.Throws<ArgumentOutOfRangeException>(() => Split.Of("a", 178, 144, 1));
    }
}
