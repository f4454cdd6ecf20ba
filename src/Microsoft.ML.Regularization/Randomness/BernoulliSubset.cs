using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Regularization.Randomness;

/// <summary>Subsets of the numbers from 0 to n - 1 that hold each number with the same probability, independently of the others.</summary>
internal static class BernoulliSubset
{
    // Eight Philox blocks of four words, a word to a number.
    private const int Group = Philox.Lanes * 4;

    /// <param name="subset">Receives the numbers in the subset, in ascending order; it has room for all.</param>
    /// <param name="count">How many numbers there are.</param>
    /// <param name="key">Whose draws.</param>
    /// <param name="probability">That of each number, from 0 to below 1; it is rounded to a multiple of 2^-32.</param>
    /// <returns>How many numbers are in the subset.</returns>
    public static int Draw(Span<int> subset, int count, RandomKey key, double probability)
    {
        var limit = Vector256.Create((uint)Math.Min(uint.MaxValue, Math.Round(probability * (1ul << 32))));
        Span<uint> words = stackalloc uint[Group];
        var drawn = 0;
        for (var start = 0; start < count; start += Group)
        {
            Philox.Blocks8(start / Group * Philox.Lanes, step: 0, key, words);
            ref var word = ref MemoryMarshal.GetReference(words);
            var bits = 0u;
            for (var i = 0; i < Group; i += Philox.Lanes)
                bits |= Vector256.LessThan(Vector256.LoadUnsafe(ref word, (nuint)i), limit).ExtractMostSignificantBits() << i;
            if (count - start < Group)
                bits &= (1u << (count - start)) - 1;
            for (; bits != 0; bits &= bits - 1)
                subset[drawn++] = start + BitOperations.TrailingZeroCount(bits);
        }

        return drawn;
    }
}
