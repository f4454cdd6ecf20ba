using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Randomness;

/// <summary>
/// Masks for dropout: each element is <c>1 / keep</c> with probability <c>keep</c>, else 0. Sixteen random bits decide an element, so
/// <c>keep</c> is rounded to a multiple of 2^-16; the scale uses the rounded value, which leaves the mean at exactly 1.
/// </summary>
internal static class BernoulliMask
{
    // A multiple of two groups.
    private const int Range = 8192;

    /// <summary>Where a part may start: a multiple of it.</summary>
    public const int PartStart = Group;

    // Eight Philox blocks of four words, two elements a word.
    private const int Group = Philox.Lanes * 4 * 2;

    /// <summary>The probability that <see cref="Fill"/> keeps an element with.</summary>
    public static double Rounded(double keepProbability) => Threshold(keepProbability) / 65536.0;

    /// <param name="mask">Receives the mask, or a part of it.</param>
    /// <param name="key">The layer's key.</param>
    /// <param name="step">The training step: each one gives an independent mask.</param>
    /// <param name="keepProbability">In (0, 1].</param>
    /// <param name="first">The mask's first element that is filled: a multiple of <see cref="PartStart"/>.</param>
    public static void Fill(Span<float> mask, RandomKey key, ulong step, double keepProbability, int first = 0)
    {
        if (mask.Length <= Range)
            FillGroups(mask, first / Group, key, step, keepProbability);
        else
            FillRanges(mask, key, step, keepProbability, first);
    }

    private static unsafe void FillRanges(Span<float> mask, RandomKey key, ulong step, double keepProbability, int first)
    {
        fixed (float* pointer = mask)
        {
            var elements = pointer;
            RangeWork.Run(
                mask.Length, Range, (start, length) => FillGroups(new Span<float>(elements + start, length), (first + start) / Group, key, step, keepProbability));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FillGroups(Span<float> mask, int firstGroup, RandomKey key, ulong step, double keepProbability)
    {
        var threshold = Threshold(keepProbability);
        var scale = 65536f / threshold;
        Span<uint> words = stackalloc uint[Group];
        Span<float> last = stackalloc float[2 * Group];
        for (var start = 0; start < mask.Length; start += 2 * Group)
        {
            Philox.Blocks16((firstGroup + start / Group) * Philox.Lanes, step, key, words);
            var rest = mask[start..];
            if (rest.Length >= 2 * Group)
            {
                Expand(words, rest, threshold, scale);
            }
            else
            {
                Expand(words, last, threshold, scale);
                last[..rest.Length].CopyTo(rest);
            }
        }
    }

    private static uint Threshold(double keepProbability) => Math.Max(1u, (uint)Math.Round(keepProbability * 65536));

    // Eight words give eight elements by their low halves, then eight by their high halves.
    private static void Expand(ReadOnlySpan<uint> words, Span<float> mask, uint threshold, float scale)
    {
        ref var source = ref MemoryMarshal.GetReference(words);
        ref var destination = ref MemoryMarshal.GetReference(mask);
        var half = Vector512.Create(0xFFFFu);
        var limit = Vector512.Create(threshold);
        var kept = Vector512.Create(scale).AsUInt32();
        for (nuint i = 0; i < Group; i += Philox.Lanes)
        {
            var word = Vector256.LoadUnsafe(ref source, i);
            var halves = Vector512.Create(word, word >>> 16) & half;
            (Vector512.LessThan(halves, limit) & kept).AsSingle().StoreUnsafe(ref destination, 2 * i);
        }
    }
}
