using Microsoft.ML.Regularization.Tests.Randomness;

namespace Microsoft.ML.Regularization.Tests.Training.Data;

[TestClass]
public sealed class ShufflePoolTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(7);

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(50, 1)]
    [DataRow(50, 7)]
    [DataRow(50, 49)]
    [DataRow(50, 50)]
    [DataRow(50, 1000)]
    public void Every_row_goes_once_and_none_before_it_came(int count, int poolRows)
    {
        for (var epoch = 1; epoch <= 20; epoch++)
        {
            var order = Sampler.Shuffle(count, Key, epoch, poolRows);
            CollectionAssert.AreEqual(Enumerable.Range(0, count).ToArray(), order.Order().ToArray());
            for (var i = 0; i < count; i++)
                Assert.IsLessThanOrEqualTo(i + poolRows - 1, order[i], $"the row that goes as number {i}");
        }
    }

    [TestMethod]
    public void A_pool_of_one_row_leaves_the_order_as_it_is() =>
        CollectionAssert.AreEqual(Enumerable.Range(0, 30).ToArray(), Sampler.Shuffle(30, Key, epoch: 1, poolRows: 1));

    /// <summary>While rows come, each of the pool's goes with equal probability: that number 0 is still there after n others went is (1 - 1/p)^n.</summary>
    [TestMethod]
    public void How_long_a_row_stays_is_geometric()
    {
        const int Epochs = 20_000;
        var stayed = new int[13];
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            var left = Array.IndexOf(Sampler.Shuffle(16, Key, epoch, poolRows: 4), 0);
            for (var n = 0; n < stayed.Length && n <= left; n++)
                stayed[n]++;
        }

        for (var n = 0; n < stayed.Length; n++)
        {
            var expected = Math.Pow(0.75, n);
            Assert.AreEqual(expected, stayed[n] / (double)Epochs, 5 * Math.Sqrt(expected * (1 - expected) / Epochs) + 1e-12, $"after {n}");
        }
    }

    /// <summary>What is left in the pool when no more rows come goes in any order alike.</summary>
    [TestMethod]
    public void The_last_rows_go_in_uniform_order()
    {
        var counts = new Dictionary<string, long>();
        for (var epoch = 0; epoch < 24_000; epoch++)
        {
            var last = Sampler.Shuffle(3, Key, epoch, poolRows: 2)[1..];
            var ranks = string.Concat(last.Select(row => last.Count(other => other < row)));
            counts[ranks] = counts.GetValueOrDefault(ranks) + 1;
        }

        Assert.HasCount(2, counts);
        Assert.IsLessThan(5.0, GoodnessOfFit.UniformChiSquare(counts.Values));
    }

    [TestMethod]
    public void A_pool_of_all_rows_shuffles_uniformly_wherever_a_row_comes_from()
    {
        var counts = new long[36];
        for (var epoch = 0; epoch < 36_000; epoch++)
        {
            var order = Sampler.Shuffle(6, Key, epoch, poolRows: 6);
            for (var place = 0; place < 6; place++)
                counts[6 * place + order[place]]++;
        }

        Assert.IsLessThan(5.0, GoodnessOfFit.UniformChiSquare(counts));
    }
}
