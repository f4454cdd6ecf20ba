namespace Microsoft.ML.Regularization.Tests.Randomness;

[TestClass]
public sealed class GaussianNoiseTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(3);

    [TestMethod]
    public void The_numbers_are_normal()
    {
        const int count = 100_000;
        var noise = Fill(count, step: 1, mean: 1, deviation: 0.5);
        Array.Sort(noise);
        var distance = noise.Select((value, i) => Math.Abs(ActivationFunction.NormalDistribution((value - 1) / 0.5) - (i + 0.5) / count)).Max();
        Assert.IsLessThan(1.95 / Math.Sqrt(count), distance, "Kolmogorov-Smirnov, 0.1 % level");
    }

    /// <summary>Gaussian dropout has the first two moments of dropout: mean 1, variance p / (1 - p).</summary>
    [TestMethod]
    [DataRow(0.1)]
    [DataRow(0.5)]
    [DataRow(0.8)]
    public void Its_moments_are_those_of_dropout(double p)
    {
        const int count = 200_000;
        var gaussian = Fill(count, step: 2, mean: 1, deviation: Math.Sqrt(p / (1 - p)));
        var bernoulli = new float[count];
        BernoulliMask.Fill(bernoulli, Key, 2, 1 - p);
        var variance = p / (1 - p);
        foreach (var noise in new[] { gaussian, bernoulli })
        {
            var mean = noise.Average(value => (double)value);
            Assert.AreEqual(1, mean, 4 * Math.Sqrt(variance / count));
            Assert.AreEqual(1, noise.Average(value => (value - mean) * (value - mean)) / variance, 0.03);
        }
    }

    /// <summary>Box and Muller's formula in double precision, of the same words: sixteen pairs of vectors, cosines first.</summary>
    [TestMethod]
    public void They_are_those_of_the_formula()
    {
        const int group = 16 * Philox.Lanes * 4;
        var noise = Fill(2 * group, step: 5, mean: 0.5, deviation: 2);
        var words = new uint[Philox.Lanes * 4];
        var uniform = Enumerable.Range(0, 2 * group / words.Length).SelectMany(block =>
        {
            Philox.Blocks8(block * Philox.Lanes, 5, Key, words);
            return words.Select(word => (double)(float)word).ToArray();
        }).ToArray();
        for (var i = 0; i < noise.Length; i++)
        {
            var pair = i / group * group + i % (group / 2);
            var radius = 2 * Math.Sqrt(-2 * Math.Log((uniform[pair] + 0.5) / 4294967296.0));
            var angle = 2 * Math.PI * uniform[pair + group / 2] / 4294967296.0;
            Assert.AreEqual(0.5 + radius * (i % group < group / 2 ? Math.Cos(angle) : Math.Sin(angle)), noise[i], 2e-5, $"{i}");
        }
    }

    [TestMethod]
    public void The_first_numbers_do_not_depend_on_how_many_there_are_and_steps_are_independent()
    {
        var all = Fill(1000, step: 5, mean: 0, deviation: 1);
        foreach (var count in new[] { 1, 31, 32, 33, 999 })
            CollectionAssert.AreEqual(all[..count], Fill(count, step: 5, mean: 0, deviation: 1));
        var other = Fill(1000, step: 6, mean: 0, deviation: 1);
        Assert.AreEqual(0, all.Zip(other, (a, b) => a * b).Average(), 4 / Math.Sqrt(1000));
    }

    [TestMethod]
    public void The_numbers_of_rows_are_normal_and_independent()
    {
        const int rows = 2000;
        const int features = 70;
        var stream = new KeyedStream(Key, 1);
        var noise = Enumerable.Range(0, rows).Select(_ => Row(features, stream.NextKey())).ToList();
        Assert.IsLessThan(2.2, GoodnessOfFit.KolmogorovSmirnov(noise.SelectMany(row => row.Select(value => (double)value)), GoodnessOfFit.NormalDistribution));
        for (var lag = 1; lag < features; lag++)
            Assert.AreEqual(0, noise.Average(row => row[0] * row[lag]), 5 / Math.Sqrt(rows));
        Assert.AreEqual(0, noise.Zip(noise.Skip(1), (a, b) => a.Zip(b, (x, y) => x * y).Sum()).Sum() / (rows * features), 4 / Math.Sqrt(rows * features));

        var key = stream.NextKey();
        foreach (var count in new[] { 0, 1, 63, 64, 65 })
            CollectionAssert.AreEqual(Row(features, key)[..count], Row(count, key));

        static float[] Row(int count, RandomKey key)
        {
            var row = new float[count];
            GaussianNoise.FillRow(row, key);
            return row;
        }
    }

    [TestMethod]
    [DataRow(1, 300)]
    [DataRow(3, 512)]
    [DataRow(5, 1200)]
    public void A_part_is_that_of_the_whole(int start, int length)
    {
        var (first, part) = (start * GaussianNoise.PartStart, new float[length]);
        GaussianNoise.Fill(part, Key, step: 4, mean: 1, deviation: 0.5, first);
        CollectionAssert.AreEqual(Fill(first + length, step: 4, mean: 1, deviation: 0.5)[first..], part);
    }

    private static float[] Fill(int count, ulong step, double mean, double deviation)
    {
        var noise = new float[count];
        GaussianNoise.Fill(noise, Key, step, mean, deviation);
        return noise;
    }
}
