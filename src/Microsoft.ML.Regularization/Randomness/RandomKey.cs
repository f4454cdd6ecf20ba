using System.Runtime.Intrinsics;
using System.Text;

namespace Microsoft.ML.Regularization.Randomness;

/// <summary>
/// Names a stream of random numbers. Keys form a tree: each value derived from a key gives a key of its own, so that a seed, the purpose
/// of a draw, a pass over the data and a row address independent streams.
/// </summary>
internal readonly record struct RandomKey(uint Low, uint High)
{
    // Derivation uses counters that no draw reaches: a stream's last word is 0, a mask's is the high half of a step number.
    private const uint DerivationTag = 0xFFFFFFFF;

    public static RandomKey FromSeed(long seed) => new RandomKey(0, 0).Derive((ulong)seed);

    public RandomKey Derive(ulong value)
    {
        var block = Philox.Block(Vector128.Create((uint)value, (uint)(value >> 32), 0, DerivationTag), this);
        return new RandomKey(block[0], block[1]);
    }

    public RandomKey Derive(string purpose)
    {
        var key = this;
        foreach (var unit in Encoding.UTF8.GetBytes(purpose).Chunk(sizeof(ulong)))
        {
            var value = 0ul;
            for (var i = 0; i < unit.Length; i++)
                value |= (ulong)unit[i] << (8 * i);
            key = key.Derive(value);
        }

        return key.Derive((ulong)purpose.Length);
    }

    /// <summary>The key as a number, to derive others from.</summary>
    public ulong ToUInt64() => ((ulong)High << 32) | Low;

    /// <summary>A seed for a generator that is not keyed, such as the <see cref="Random"/> that <see cref="IDataView"/> takes to shuffle.</summary>
    public int ToSeed() => (int)(Low & int.MaxValue);
}
