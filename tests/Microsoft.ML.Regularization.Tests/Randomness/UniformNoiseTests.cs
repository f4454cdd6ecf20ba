namespace Microsoft.ML.Regularization.Tests.Randomness;

[TestClass]
public sealed class UniformNoiseTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(3);

    [TestMethod]
    public void The_numbers_are_uniform_up_to_the_bound()
    {
        var noise = Fill(100_000, step: 1, bound: 0.3);
        Assert.IsLessThan(2.2, GoodnessOfFit.KolmogorovSmirnov(noise.Select(value => (double)value), x => (x + 0.3) / 0.6));
        Assert.IsTrue(noise.All(value => Math.Abs(value) <= 0.3f));
    }

    [TestMethod]
    public void The_first_numbers_do_not_depend_on_how_many_there_are_and_steps_are_independent()
    {
        var all = Fill(1000, step: 5, bound: 1);
        foreach (var count in new[] { 1, 31, 32, 33, 999 })
            CollectionAssert.AreEqual(all[..count], Fill(count, step: 5, bound: 1));
        var other = Fill(1000, step: 6, bound: 1);
        Assert.AreEqual(0, GoodnessOfFit.Correlation([.. all.Select(x => (double)x)], [.. other.Select(x => (double)x)]), 4 / Math.Sqrt(1000));
    }

    private static float[] Fill(int count, ulong step, double bound)
    {
        var noise = new float[count];
        UniformNoise.Fill(noise, Key, step, bound);
        return noise;
    }
}
