namespace Microsoft.ML.Regularization.Tests.Splitting;

[TestClass]
public sealed class ShareThresholdTests
{
    [TestMethod]
    [DataRow(0.001)]
    [DataRow(0.1)]
    [DataRow(0.5)]
    [DataRow(0.97)]
    public void It_is_the_draw_of_the_shares_rank(double share)
    {
        foreach (var count in new[] { 2, 3, 7, 65, 1000, 200_000 })
        {
            var draws = Draws(count).ToArray();
            var threshold = new ShareThreshold(share);
            foreach (var draw in draws)
                threshold.Add(draw);
            var expected = Math.Clamp((int)Math.Round(share * count), 1, count - 1);
            Assert.AreEqual(draws.Order().ElementAt(expected - 1), threshold.Find());
        }
    }

    [TestMethod]
    public void Nothing_is_taken_of_one_or_none()
    {
        var threshold = new ShareThreshold(0.9);
        Assert.IsLessThan(0, threshold.Find()!.Value);
        threshold.Add(0);
        Assert.IsLessThan(0, threshold.Find()!.Value);
    }

    [TestMethod]
    public void Memory_grows_with_the_square_root()
    {
        var threshold = new ShareThreshold(0.2);
        var stream = new KeyedStream(RandomKey.FromSeed(5), 0ul);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 4_000_000; i++)
            threshold.Add(stream.NextDouble());
        var found = threshold.Find();
        Assert.IsLessThan(1_000_000, GC.GetAllocatedBytesForCurrentThread() - before, "of 32 million bytes");
        Assert.AreEqual(0.2, found!.Value, 0.001);
    }

    [TestMethod]
    public void Draws_that_are_not_uniform_are_noticed_and_found_all_the_same()
    {
        // The share's draw lies where uniform ones would not have it.
        var pruning = new ShareThreshold(0.5);
        var keeping = new ShareThreshold(0.5, prunes: false);
        foreach (var draw in Draws(10_000))
        {
            pruning.Add(draw * draw * draw);
            keeping.Add(draw * draw * draw);
        }

        Assert.IsNull(pruning.Find());
        Assert.AreEqual(Draws(10_000).Order().ElementAt(4999), Math.Cbrt(keeping.Find()!.Value), 1e-12);
    }

    private static IEnumerable<double> Draws(int count)
    {
        for (var i = 0; i < count; i++)
            yield return new KeyedStream(RandomKey.FromSeed(9), (ulong)i).NextDouble();
    }
}
