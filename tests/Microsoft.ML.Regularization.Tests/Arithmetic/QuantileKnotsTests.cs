namespace Microsoft.ML.Regularization.Tests.Arithmetic;

[TestClass]
public sealed class QuantileKnotsTests
{
    [TestMethod]
    public void Values_of_their_own_give_plain_quantiles()
    {
        var values = Enumerable.Range(0, 1000).Select(i => MathF.Sqrt(i)).ToArray();

        var knots = QuantileKnots.Of(values, 11);

        var expected = Enumerable.Range(0, 11).Select(place => (float)OrderStatistics.Quantile(values.ToArray(), place / 10.0)).ToArray();
        CollectionAssert.AreEqual(expected, knots);
    }

    [TestMethod]
    public void Few_different_values_are_all_there()
    {
        float[] values = [.. Enumerable.Repeat(-1f, 50), 0, .. Enumerable.Repeat(2f, 3), 7];

        CollectionAssert.AreEqual(new float[] { -1, 0, 2, 7 }, QuantileKnots.Of(values, 4));
        CollectionAssert.AreEqual(new float[] { -1, 0, 2, 7 }, QuantileKnots.Of(values, 49));
        CollectionAssert.AreEqual(new float[] { 3 }, QuantileKnots.Of([3, 3, 3], 2));
        CollectionAssert.AreEqual(new float[] { 3 }, QuantileKnots.Of([3], 2));
    }

    [TestMethod]
    public void A_value_of_most_rows_takes_one_place()
    {
        float[] values = [.. Enumerable.Repeat(0f, 920), .. Enumerable.Range(1, 80).Select(i => (float)i)];

        var knots = QuantileKnots.Of(values, 11);

        // Ten quantiles of 1 to 80 are 1 + 79 k / 9.
        float[] expected = [0, .. Enumerable.Range(0, 10).Select(k => (float)(1 + 79 * k / 9.0))];
        Assert.HasCount(11, knots);
        for (var i = 0; i < expected.Length; i++)
            Assert.AreEqual(expected[i], knots[i], 1e-5f);
    }

    [TestMethod]
    public void They_ascend_and_span_all_values_whatever_these_are()
    {
        var random = new Random(3);
        for (var trial = 0; trial < 200; trial++)
        {
            var values = Enumerable.Range(0, random.Next(1, 300)).Select(_ => (float)random.Next(random.Next(1, 60))).Order().ToArray();
            var most = random.Next(2, 40);

            var knots = QuantileKnots.Of(values, most);

            Assert.IsLessThanOrEqualTo(most, knots.Length);
            Assert.AreEqual(values[0], knots[0]);
            Assert.AreEqual(values[^1], knots[^1]);
            for (var i = 1; i < knots.Length; i++)
                Assert.IsGreaterThan(knots[i - 1], knots[i]);
        }
    }
}
