namespace Microsoft.ML.Regularization.Tests.Randomness;

[TestClass]
public sealed class RandomKeyTests
{
    [TestMethod]
    public void Derived_keys_do_not_collide()
    {
        var roots = new[] { RandomKey.FromSeed(0), RandomKey.FromSeed(1) };
        var keys = new HashSet<RandomKey>(roots);
        foreach (var root in roots)
        {
            for (var value = 0ul; value < 50_000; value++)
            {
                Assert.IsTrue(keys.Add(root.Derive(value)));
                Assert.IsTrue(keys.Add(root.Derive(value << 32 | 0x8000_0000)));
            }
        }
    }

    [TestMethod]
    public void Seeds_give_different_keys()
    {
        var keys = new[] { 0L, 1, -1, int.MaxValue, int.MinValue, 1L << 32, long.MaxValue, long.MinValue }.Select(RandomKey.FromSeed).ToList();

        CollectionAssert.AllItemsAreUnique(keys);
    }

    [TestMethod]
    public void The_same_path_leads_to_the_same_key() =>
        Assert.AreEqual(RandomKey.FromSeed(3).Derive("noise").Derive(7), RandomKey.FromSeed(3).Derive("noise").Derive(7));

    [TestMethod]
    public void The_order_of_derivations_matters()
    {
        var key = RandomKey.FromSeed(3);

        Assert.AreNotEqual(key.Derive(1).Derive(2), key.Derive(2).Derive(1));
        Assert.AreNotEqual(key.Derive("a").Derive("b"), key.Derive("b").Derive("a"));
        Assert.AreNotEqual(key.Derive("a").Derive(1), key.Derive(1).Derive("a"));
    }

    [TestMethod]
    public void Purposes_give_different_keys()
    {
        var key = RandomKey.FromSeed(3);
        var purposes = new[]
        {
            "", "\0", "a", "a\0", "A", "b", "ab", "ba", "abcdefg", "abcdefgh", "abcdefgh\0", "abcdefghi", "ibcdefgha", "abcdefghabcdefgh", "é", "è",
        };

        CollectionAssert.AllItemsAreUnique(purposes.Select(key.Derive).Append(key).ToList());
    }

    [TestMethod]
    public void Half_of_the_bits_change_with_one_bit_of_the_value()
    {
        var key = RandomKey.FromSeed(3);
        var changed = 0;
        for (var bit = 0; bit < 64; bit++)
        {
            var (one, other) = (key.Derive(0), key.Derive(1ul << bit));
            changed += int.PopCount((int)(one.Low ^ other.Low)) + int.PopCount((int)(one.High ^ other.High));
        }

        // 64 times 64 fair bits: the standard deviation of their sum is 32.
        Assert.AreEqual(2048, changed, 160);
    }

    [TestMethod]
    public void Seeds_for_other_generators_are_not_negative_and_differ()
    {
        var seeds = Enumerable.Range(0, 1000).Select(i => RandomKey.FromSeed(i).ToSeed()).ToList();

        Assert.IsTrue(seeds.All(seed => seed >= 0));
        CollectionAssert.AllItemsAreUnique(seeds);
    }
}
