namespace Microsoft.ML.Regularization.Tests.Arithmetic;

[TestClass]
public sealed class OrderStatisticsTests
{
    [TestMethod]
    [DataRow("random")]
    [DataRow("sorted")]
    [DataRow("backwards")]
    [DataRow("few different")]
    [DataRow("one value")]
    [DataRow("organ pipe")]
    [DataRow("signed zeros")]
    public void A_selected_value_is_the_one_that_sorting_puts_there(string kind)
    {
        var random = new Random(1);
        foreach (var count in new[] { 1, 2, 3, 31, 32, 33, 100, 1000, 5001 })
        {
            float[] values = [.. Enumerable.Range(0, count).Select(i => kind switch
            {
                "random" => random.NextSingle() - 0.5f,
                "sorted" => i,
                "backwards" => -i,
                "few different" => random.Next(3),
                "one value" => 7f,
                "organ pipe" => Math.Min(i, count - i),
                _ => random.Next(4) == 0 ? random.NextSingle() - 0.5f : random.Next(2) * -0f,
            })];
            float[] sorted = [.. values.Order()];
            foreach (var place in new[] { 0, count / 4, count / 2, 3 * count / 4, count - 1 }.Distinct())
            {
                Assert.AreEqual(sorted[place], OrderStatistics.Select(values, place));
                Assert.AreEqual(sorted[place], values[place]);
                Assert.IsTrue(values.Take(place).All(value => value <= sorted[place]) && values.Skip(place).All(value => value >= sorted[place]));
            }

            CollectionAssert.AreEqual(sorted, values.Order().ToArray(), "values are moved, not changed");
        }
    }

    [TestMethod]
    public void Quantiles_are_interpolated()
    {
        Assert.AreEqual(2.5, OrderStatistics.Quantile([4f, 1f, 3f, 2f], 0.5));
        Assert.AreEqual(1.75, OrderStatistics.Quantile([4f, 1f, 3f, 2f], 0.25));
        Assert.AreEqual(4, OrderStatistics.Quantile([4f, 1f, 3f, 2f], 1));
        Assert.AreEqual(1, OrderStatistics.Quantile([4f, 1f, 3f, 2f], 0));
        Assert.AreEqual(9, OrderStatistics.Quantile([9f], 0.3));
    }
}
