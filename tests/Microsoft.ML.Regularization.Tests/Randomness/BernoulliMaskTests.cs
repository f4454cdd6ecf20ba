namespace Microsoft.ML.Regularization.Tests.Randomness;

[TestClass]
public sealed class BernoulliMaskTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(23);

    [TestMethod]
    [DataRow(0.5)]
    [DataRow(0.8)]
    [DataRow(0.9)]
    [DataRow(0.1)]
    [DataRow(1.0 / 3)]
    public void Keeps_the_asked_share_with_a_mean_of_one(double keep)
    {
        var mask = Mask(400_000, step: 1, keep);

        var deviation = Math.Sqrt(keep * (1 - keep) / mask.Length);
        Assert.AreEqual(keep, mask.Average(value => value > 0 ? 1.0 : 0), 4.5 * deviation);
        Assert.AreEqual(1, mask.Average(value => (double)value), 4.5 * deviation / keep);
    }

    [TestMethod]
    [DataRow(0.5)]
    [DataRow(0.8)]
    [DataRow(0.123)]
    public void Elements_are_zero_or_the_inverse_of_the_rounded_probability(double keep)
    {
        var scale = (float)(1 / (Math.Round(keep * 65536) / 65536));

        CollectionAssert.AreEquivalent(new[] { 0f, scale }, Mask(10_000, step: 1, keep).Distinct().ToArray());
        Assert.AreEqual(1 / keep, scale, 1e-4 / keep);
    }

    [TestMethod]
    public void A_probability_of_one_keeps_everything() => Assert.IsTrue(Mask(1000, step: 1, keep: 1).All(value => value == 1));

    [TestMethod]
    public void A_probability_that_rounds_to_zero_still_keeps_one_in_65536()
    {
        var mask = Mask(1 << 20, step: 1, keep: 1e-9);

        // Sixteen are expected.
        Assert.IsTrue(mask.Count(value => value == 65536) is > 2 and < 40);
        Assert.IsTrue(mask.All(value => value is 0 or 65536));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(7)]
    [DataRow(8)]
    [DataRow(63)]
    [DataRow(64)]
    [DataRow(65)]
    [DataRow(127)]
    [DataRow(200)]
    [DataRow(999)]
    public void The_first_elements_do_not_depend_on_the_length(int length) =>
        CollectionAssert.AreEqual(Mask(1000, step: 1, keep: 0.5)[..length], Mask(length, step: 1, keep: 0.5));

    [TestMethod]
    [DataRow(1, 300)]
    [DataRow(3, 64)]
    [DataRow(130, 9000)]
    public void A_part_is_that_of_the_whole(int start, int length)
    {
        var (first, part) = (start * BernoulliMask.PartStart, new float[length]);
        BernoulliMask.Fill(part, Key, step: 1, 0.5, first);
        CollectionAssert.AreEqual(Mask(first + length, step: 1, keep: 0.5)[first..], part);
    }

    [TestMethod]
    public void Nothing_is_written_behind_the_mask()
    {
        var buffer = new float[200];
        buffer.AsSpan().Fill(-5);

        BernoulliMask.Fill(buffer.AsSpan(0, 100), Key, step: 1, 0.5);

        Assert.IsTrue(buffer[..100].All(value => value is 0 or 2));
        Assert.IsTrue(buffer[100..].All(value => value == -5));
    }

    [TestMethod]
    public void The_same_key_and_step_repeat_the_mask() =>
        CollectionAssert.AreEqual(Mask(500, step: 3, keep: 0.5), Mask(500, step: 3, keep: 0.5));

    [TestMethod]
    public void A_greater_probability_keeps_what_a_smaller_one_keeps()
    {
        var (few, many) = (Mask(5000, step: 3, keep: 0.3), Mask(5000, step: 3, keep: 0.6));

        Assert.IsTrue(few.Zip(many).All(pair => pair.First == 0 || pair.Second > 0));
    }

    [TestMethod]
    public void Masks_of_different_steps_and_layers_are_uncorrelated()
    {
        var mask = Doubles(Key, step: 1);
        var others = new[]
        {
            Doubles(Key, step: 2), Doubles(Key, step: 1ul << 32), Doubles(Key, step: 1 | 1ul << 32), Doubles(Key.Derive(1), step: 1),
            Doubles(RandomKey.FromSeed(24), step: 1),
        };

        // Five standard deviations of the correlation of independent elements.
        foreach (var other in others)
            Assert.AreEqual(0, GoodnessOfFit.Correlation(mask, other), 5 / Math.Sqrt(mask.Length));
    }

    // 8 elements share a vector, 16 a vector of words, 64 a group.
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(8)]
    [DataRow(16)]
    [DataRow(32)]
    [DataRow(64)]
    public void Elements_of_one_mask_are_uncorrelated(int lag)
    {
        var mask = Doubles(Key, step: 1);

        Assert.AreEqual(0, GoodnessOfFit.Correlation(mask[lag..], mask[..^lag]), 5 / Math.Sqrt(mask.Length));
    }

    private static float[] Mask(int length, ulong step, double keep)
    {
        var mask = new float[length];
        BernoulliMask.Fill(mask, Key, step, keep);
        return mask;
    }

    private static double[] Doubles(RandomKey key, ulong step)
    {
        var mask = new float[40_000];
        BernoulliMask.Fill(mask, key, step, 0.7);
        return [.. mask.Select(value => (double)value)];
    }
}
