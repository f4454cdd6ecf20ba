namespace Microsoft.ML.Regularization.Tests.Randomness;

[TestClass]
public sealed class BernoulliSubsetTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(3);

    [TestMethod]
    [DataRow(0.01)]
    [DataRow(0.1)]
    [DataRow(0.5)]
    [DataRow(0.99)]
    public void Every_number_is_drawn_with_the_probability_and_independently_of_its_neighbours(double probability)
    {
        const int count = 70;
        const int trials = 20_000;
        var (drawn, pairs) = (new int[count], new int[count]);
        for (var trial = 0; trial < trials; trial++)
        {
            var subset = Draw(count, Key.Derive((ulong)trial), probability);
            CollectionAssert.AreEqual(subset.Order().Distinct().ToArray(), subset);
            var isDrawn = new bool[count];
            foreach (var number in subset)
                isDrawn[number] = true;
            for (var i = 0; i < count; i++)
            {
                drawn[i] += isDrawn[i] ? 1 : 0;
                pairs[i] += isDrawn[i] && isDrawn[(i + 8) % count] ? 1 : 0;
            }
        }

        // Five deviations, since 70 numbers are looked at.
        for (var i = 0; i < count; i++)
        {
            Assert.AreEqual(probability, drawn[i] / (double)trials, 5 * Math.Sqrt(probability * (1 - probability) / trials));
            var both = probability * probability;
            Assert.AreEqual(both, pairs[i] / (double)trials, 5 * Math.Sqrt(both * (1 - both) / trials));
        }
    }

    [TestMethod]
    public void The_first_numbers_do_not_depend_on_how_many_there_are()
    {
        var all = Draw(1000, Key, 0.3);
        foreach (var count in new[] { 0, 1, 31, 32, 33, 64, 999 })
            CollectionAssert.AreEqual(all.Where(number => number < count).ToArray(), Draw(count, Key, 0.3));
        Assert.IsEmpty(Draw(1000, Key, 0));
    }

    private static int[] Draw(int count, RandomKey key, double probability)
    {
        var subset = new int[count];
        return subset[..BernoulliSubset.Draw(subset, count, key, probability)];
    }
}
