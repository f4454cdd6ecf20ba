using TabularLeague;

namespace Microsoft.ML.Regularization.Tests.Examples;

[TestClass]
public sealed class StatisticsTests
{
    [TestMethod]
    public void Equal_values_share_the_mean_of_their_ranks_and_failures_are_last()
    {
        CollectionAssert.AreEqual(new[] { 1.0, 2, 3 }, Statistics.Ranks([0.1, 0.2, 0.3]));
        CollectionAssert.AreEqual(new[] { 3.5, 1, 2, 3.5, 5 }, Statistics.Ranks([4, -1, 2, 4, 9]));
        CollectionAssert.AreEqual(new[] { 2.0, 2, 2 }, Statistics.Ranks([7, 7, 7]));
        CollectionAssert.AreEqual(new[] { 3.5, 1, 3.5, 2 }, Statistics.Ranks([double.NaN, -3, double.NaN, 1e9]));
    }

    /// <summary>Sums of binomial coefficients over powers of two, counted by hand.</summary>
    [TestMethod]
    [DataRow(0, 0, 1.0)]
    [DataRow(1, 0, 1.0)]
    [DataRow(5, 0, 2.0 / 32)]
    [DataRow(0, 5, 2.0 / 32)]
    [DataRow(4, 1, 2.0 * (1 + 5) / 32)]
    [DataRow(3, 3, 1.0)]
    [DataRow(8, 2, 2.0 * (1 + 10 + 45) / 1024)]
    [DataRow(14, 4, 2.0 * (1 + 18 + 153 + 816 + 3060) / 262144)]
    public void The_sign_test_is_the_tail_of_the_binomial_distribution(int wins, int losses, double expected) =>
        Assert.AreEqual(expected, Statistics.SignTest(wins, losses), 1e-12);

    [TestMethod]
    public void Mean_and_deviation_are_those_of_a_sample()
    {
        var (mean, deviation) = Statistics.MeanAndDeviation([2, 4, 4, 4, 5, 5, 7, 9]);
        Assert.AreEqual(5, mean, 1e-12);
        Assert.AreEqual(Math.Sqrt(32.0 / 7), deviation, 1e-12);
        Assert.AreEqual((3.0, 0.0), Statistics.MeanAndDeviation([3]));
    }

    [TestMethod]
    public void A_relative_difference_is_a_share_of_the_mean()
    {
        Assert.AreEqual(0.2, Statistics.RelativeDifference(1.1, 0.9), 1e-12);
        Assert.AreEqual(-2, Statistics.RelativeDifference(0, 5), 1e-12);
        Assert.AreEqual(0, Statistics.RelativeDifference(0, 0));
    }
}
