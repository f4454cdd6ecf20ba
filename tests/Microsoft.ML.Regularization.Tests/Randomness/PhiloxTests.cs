using System.Runtime.Intrinsics;

namespace Microsoft.ML.Regularization.Tests.Randomness;

[TestClass]
public sealed class PhiloxTests
{
    // The known-answer vectors of Philox4x32-10 in the Random123 distribution.
    [TestMethod]
    [DataRow(new[] { 0u, 0u, 0u, 0u }, new[] { 0u, 0u }, new[] { 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u })]
    [DataRow(
        new[] { 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu },
        new[] { 0xffffffffu, 0xffffffffu },
        new[] { 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu })]
    [DataRow(
        new[] { 0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u },
        new[] { 0xa4093822u, 0x299f31d0u },
        new[] { 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u })]
    public void Block_gives_the_known_answers(uint[] counter, uint[] key, uint[] expected)
    {
        var block = Philox.Block(Vector128.Create(counter), new RandomKey(key[0], key[1]));

        Assert.AreEqual(Vector128.Create(expected), block);
    }

    [TestMethod]
    public void Eight_lanes_equal_eight_single_blocks()
    {
        var random = new Random(1);
        for (var trial = 0; trial < 2000; trial++)
            AssertLanesEqualBlocks(Next(), Next(), Next(), Next(), new RandomKey(Next(), Next()));

        uint Next() => (uint)random.NextInt64(1L << 32);
    }

    [TestMethod]
    [DataRow(0xfffffff7u)]
    [DataRow(0xfffffff8u)]
    [DataRow(0xfffffff9u)]
    [DataRow(0xfffffffcu)]
    [DataRow(0xffffffffu)]
    [DataRow(0x7ffffffcu)]
    [DataRow(0u)]
    public void The_first_word_wraps_around_within_the_lanes_without_a_carry(uint first) =>
        AssertLanesEqualBlocks(first, 5, 6, 7, new RandomKey(8, 9));

    [TestMethod]
    [DataRow(0, 0ul)]
    [DataRow(8, 1ul)]
    [DataRow(123_456, 0xfedcba9876543210ul)]
    [DataRow(int.MaxValue - 16, ulong.MaxValue)]
    public void Sixteen_blocks_are_twice_eight(int first, ulong step)
    {
        var key = new RandomKey(0x12345678, 0x9abcdef0);
        var (eight, sixteen) = (new uint[8 * Philox.Lanes], new uint[8 * Philox.Lanes]);
        Philox.Blocks8(first, step, key, eight);
        Philox.Blocks8(first + Philox.Lanes, step, key, eight.AsSpan(4 * Philox.Lanes));

        Philox.Blocks16(first, step, key, sixteen);

        CollectionAssert.AreEqual(eight, sixteen);
    }

    private static void AssertLanesEqualBlocks(uint first, uint second, uint third, uint fourth, RandomKey key)
    {
        var words = new uint[4 * Philox.Lanes];
        Philox.Blocks8(Vector128.Create(first, second, third, fourth), key, words);

        for (var lane = 0; lane < Philox.Lanes; lane++)
        {
            var block = Philox.Block(Vector128.Create(unchecked(first + (uint)lane), second, third, fourth), key);
            for (var word = 0; word < 4; word++)
                Assert.AreEqual(block[word], words[Philox.Lanes * word + lane], $"first {first:x8}, lane {lane}, word {word}");
        }
    }
}
