using System.Runtime.Intrinsics;
using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Randomness;

[TestClass]
public sealed class KeyedStreamTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(42);

    [TestMethod]
    public void The_same_key_and_item_repeat_the_same_draws()
    {
        var (first, second) = (new KeyedStream(Key, 3), new KeyedStream(Key, 3));

        for (var i = 0; i < 100; i++)
            Assert.AreEqual(first.NextUInt64(), second.NextUInt64());
    }

    [TestMethod]
    public void Draws_are_the_blocks_of_the_item_in_order()
    {
        var stream = new KeyedStream(Key, 0x0000000700000005);

        for (var draw = 0; draw < 40; draw++)
            Assert.AreEqual(Philox.Block(Vector128.Create(5u, 7u, (uint)(draw / 4), 0u), Key)[draw % 4], stream.NextUInt32(), $"draw {draw}");
    }

    [TestMethod]
    public void Every_part_of_the_address_gives_a_stream_of_its_own()
    {
        var firstDraws = new[]
        {
            new KeyedStream(Key, 1),
            new KeyedStream(Key, 2),
            new KeyedStream(Key, 1ul << 32),
            new KeyedStream(Key, 1ul << 32 | 1),
            new KeyedStream(RandomKey.FromSeed(43), 1),
            new KeyedStream(Key.Derive("child"), 1),
            new KeyedStream(Key, new DataViewRowId(3, 0)),
            new KeyedStream(Key, new DataViewRowId(1, 1)),
            new KeyedStream(Key, new DataViewRowId(2, 1)),
            new KeyedStream(Key, new DataViewRowId(1, 2)),
            new KeyedStream(Key, new DataViewRowId(1, 1ul << 32)),
            new KeyedStream(Key, new DataViewRowId(0, 1)),
        }.Select(stream => stream.NextUInt64()).ToList();

        CollectionAssert.AllItemsAreUnique(firstDraws);
    }

    [TestMethod]
    public void A_branch_is_a_stream_of_the_same_item_whatever_was_drawn_before()
    {
        var (fresh, used) = (new KeyedStream(Key, 5), new KeyedStream(Key, 5));
        used.NextDouble();

        var branch = fresh.Branch(9).NextUInt64();

        Assert.AreEqual(branch, used.Branch(9).NextUInt64());
        Assert.AreEqual(new KeyedStream(Key.Derive(9), 5).NextUInt64(), branch);
        CollectionAssert.AllItemsAreUnique(new[] { branch, fresh.NextUInt64(), fresh.Branch(8).NextUInt64(), new KeyedStream(Key, 6).Branch(9).NextUInt64() });
    }

    [TestMethod]
    public void A_short_row_id_is_an_item_number()
    {
        var (row, item) = (new KeyedStream(Key, new DataViewRowId(7, 0)), new KeyedStream(Key, 7));

        Assert.AreEqual(item.NextUInt64(), row.NextUInt64());
    }

    [TestMethod]
    public void Every_bit_is_set_half_of_the_time()
    {
        const int Draws = 40_000;
        var stream = new KeyedStream(Key, 0);
        var counts = new int[32];
        for (var i = 0; i < Draws; i++)
        {
            var word = stream.NextUInt32();
            for (var bit = 0; bit < 32; bit++)
                counts[bit] += (int)(word >> bit & 1);
        }

        // Five standard deviations.
        foreach (var count in counts)
            Assert.AreEqual(Draws / 2.0, count, 5 * Math.Sqrt(Draws) / 2);
    }

    [TestMethod]
    public void Doubles_of_one_stream_are_uniform()
    {
        var stream = new KeyedStream(Key, 1);
        AssertUniform([.. Enumerable.Range(0, 100_000).Select(_ => stream.NextDouble())]);
    }

    [TestMethod]
    public void First_doubles_of_neighbouring_items_are_uniform_and_uncorrelated()
    {
        var samples = Enumerable.Range(0, 100_000).Select(item => new KeyedStream(Key, (ulong)item).NextDouble()).ToArray();

        AssertUniform(samples);
        Assert.AreEqual(0, GoodnessOfFit.Correlation(samples[1..], samples[..^1]), 0.016);
    }

    [TestMethod]
    public void A_positive_double_is_the_complement_of_a_double()
    {
        var (positive, plain) = (new KeyedStream(Key, 2), new KeyedStream(Key, 2));

        for (var i = 0; i < 1000; i++)
        {
            var value = positive.NextPositiveDouble();
            Assert.AreEqual(1 - plain.NextDouble(), value);
            Assert.IsTrue(value is > 0 and <= 1);
        }
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(7)]
    [DataRow(10)]
    [DataRow(1000)]
    public void Integers_are_uniform_over_the_range(int range)
    {
        var stream = new KeyedStream(Key, 3);
        var counts = new long[range];
        for (var i = 0; i < 50_000; i++)
            counts[stream.NextInt64(range)]++;

        Assert.IsLessThan(5.0, GoodnessOfFit.UniformChiSquare(counts));
    }

    [TestMethod]
    public void The_only_integer_below_one_is_zero()
    {
        var stream = new KeyedStream(Key, 4);

        for (var i = 0; i < 100; i++)
            Assert.AreEqual(0, stream.NextInt64(1));
    }

    // Eight 61-bit blocks onto three: a draw without rejection would give remainders 0 and 1 three times for every two of remainder 2.
    [TestMethod]
    public void Integers_are_unbiased_where_the_range_does_not_divide_the_words()
    {
        const long Range = 3L << 61;
        var stream = new KeyedStream(Key, 5);
        var remainders = new long[3];
        var thirds = new long[3];
        for (var i = 0; i < 30_000; i++)
        {
            var value = stream.NextInt64(Range);
            Assert.IsTrue(value is >= 0 and < Range);
            remainders[value % 3]++;
            thirds[value / (Range / 3)]++;
        }

        Assert.IsLessThan(5.0, GoodnessOfFit.UniformChiSquare(remainders));
        Assert.IsLessThan(5.0, GoodnessOfFit.UniformChiSquare(thirds));
    }

    [TestMethod]
    public void Gaussians_are_standard_normal_and_independent()
    {
        const int Draws = 100_000;
        var stream = new KeyedStream(Key, 6);
        var samples = Enumerable.Range(0, Draws).Select(_ => stream.NextGaussian()).ToArray();

        // Four to five standard deviations of each moment.
        var (mean, variance) = GoodnessOfFit.Moments(samples);
        Assert.AreEqual(0, mean, 0.015);
        Assert.AreEqual(1, variance, 0.02);
        Assert.AreEqual(0, samples.Average(x => x * x * x), 0.06);
        Assert.AreEqual(3, samples.Average(x => x * x * x * x), 0.15);
        Assert.IsLessThan(2.2, GoodnessOfFit.KolmogorovSmirnov(samples, GoodnessOfFit.NormalDistribution));
        Assert.AreEqual(0, GoodnessOfFit.Correlation(samples[1..], samples[..^1]), 0.016);
    }

    private static void AssertUniform(double[] samples)
    {
        var cells = new long[100];
        foreach (var sample in samples)
            cells[(int)(sample * cells.Length)]++;

        Assert.IsTrue(samples.All(sample => sample is >= 0 and < 1));
        Assert.IsLessThan(5.0, GoodnessOfFit.UniformChiSquare(cells));
        Assert.IsLessThan(2.2, GoodnessOfFit.KolmogorovSmirnov(samples, x => x));
    }
}
