using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Microsoft.ML.Regularization.Randomness;

/// <summary>
/// Philox4x32-10, a counter-based generator: a bijection of 128-bit counters for every 64-bit key, so that any draw can be computed
/// without the ones before it (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011).
/// </summary>
internal static class Philox
{
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;
    private const int Rounds = 10;

    /// <summary>Blocks that <see cref="Blocks8(Vector128{uint}, RandomKey, Span{uint})"/> computes at once.</summary>
    public const int Lanes = 8;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Vector128<uint> Block(Vector128<uint> counter, RandomKey key)
    {
        var (x0, x1, x2, x3) = (counter[0], counter[1], counter[2], counter[3]);
        var (k0, k1) = (key.Low, key.High);
        for (var round = 0; round < Rounds; round++)
        {
            var product0 = (ulong)Multiplier0 * x0;
            var product1 = (ulong)Multiplier1 * x2;
            (x0, x1, x2, x3) = ((uint)(product1 >> 32) ^ x1 ^ k0, (uint)product1, (uint)(product0 >> 32) ^ x3 ^ k1, (uint)product0);
            k0 += Weyl0;
            k1 += Weyl1;
        }

        return Vector128.Create(x0, x1, x2, x3);
    }

    /// <summary>
    /// Eight blocks whose counters differ in their first word: <c>first + lane</c>. Word w of lane l goes to <c>words[8 * w + l]</c>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Blocks8(Vector128<uint> counter, RandomKey key, Span<uint> words)
    {
        if (!Avx2.IsSupported)
        {
            for (var lane = 0; lane < Lanes; lane++)
            {
                var block = Block(counter + Vector128.CreateScalar((uint)lane), key);
                for (var word = 0; word < 4; word++)
                    words[Lanes * word + lane] = block[word];
            }

            return;
        }

        var x0 = Vector256.Create(counter[0]) + Vector256<uint>.Indices;
        var x1 = Vector256.Create(counter[1]);
        var x2 = Vector256.Create(counter[2]);
        var x3 = Vector256.Create(counter[3]);
        var (k0, k1) = (key.Low, key.High);
        for (var round = 0; round < Rounds; round++)
        {
            var (high0, low0) = Multiply(x0, Multiplier0);
            var (high1, low1) = Multiply(x2, Multiplier1);
            (x0, x1, x2, x3) = (high1 ^ x1 ^ Vector256.Create(k0), low1, high0 ^ x3 ^ Vector256.Create(k1), low0);
            k0 += Weyl0;
            k1 += Weyl1;
        }

        ref var destination = ref MemoryMarshal.GetReference(words[..(4 * Lanes)]);
        x0.StoreUnsafe(ref destination);
        x1.StoreUnsafe(ref destination, Lanes);
        x2.StoreUnsafe(ref destination, 2 * Lanes);
        x3.StoreUnsafe(ref destination, 3 * Lanes);
    }

    /// <summary>
    /// Eight blocks of the numbers that belong to a training step. A span of any length has fewer blocks than the counter's first word counts.
    /// </summary>
    public static void Blocks8(int firstBlock, ulong step, RandomKey key, Span<uint> words) =>
        Blocks8(Vector128.Create((uint)firstBlock, 0, (uint)step, (uint)(step >> 32)), key, words);

    /// <summary>
    /// Twice eight blocks, those of <see cref="Blocks8(int, ulong, RandomKey, Span{uint})"/> and the next: 32 words of the first, then 32 of the second.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Blocks16(int firstBlock, ulong step, RandomKey key, Span<uint> words)
    {
        if (!Avx512F.IsSupported)
        {
            Blocks8(firstBlock, step, key, words);
            Blocks8(firstBlock + Lanes, step, key, words[(4 * Lanes)..]);
            return;
        }

        var x0 = Vector512.Create((uint)firstBlock) + Vector512<uint>.Indices;
        var x1 = Vector512<uint>.Zero;
        var x2 = Vector512.Create((uint)step);
        var x3 = Vector512.Create((uint)(step >> 32));
        var (k0, k1) = (key.Low, key.High);
        for (var round = 0; round < Rounds; round++)
        {
            var (high0, low0) = Multiply(x0, Multiplier0);
            var (high1, low1) = Multiply(x2, Multiplier1);
            (x0, x1, x2, x3) = (high1 ^ x1 ^ Vector512.Create(k0), low1, high0 ^ x3 ^ Vector512.Create(k1), low0);
            k0 += Weyl0;
            k1 += Weyl1;
        }

        ref var destination = ref MemoryMarshal.GetReference(words[..(8 * Lanes)]);
        Store(x0, ref destination, 0);
        Store(x1, ref destination, Lanes);
        Store(x2, ref destination, 2 * Lanes);
        Store(x3, ref destination, 3 * Lanes);

        static void Store(Vector512<uint> word, ref uint destination, nuint place)
        {
            word.GetLower().StoreUnsafe(ref destination, place);
            word.GetUpper().StoreUnsafe(ref destination, place + 4 * Lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<uint> High, Vector512<uint> Low) Multiply(Vector512<uint> x, uint multiplier)
    {
        var factor = Vector512.Create((ulong)multiplier).AsUInt32();
        var even = Avx512F.Multiply(x, factor).AsUInt32();
        var odd = Avx512F.Multiply(Vector512.ShiftRightLogical(x.AsUInt64(), 32).AsUInt32(), factor).AsUInt32();
        var isOdd = Vector512.Create(0xFFFFFFFF00000000).AsUInt32();
        var high = Vector512.ConditionalSelect(isOdd, odd, Vector512.ShiftRightLogical(even.AsUInt64(), 32).AsUInt32());
        return (high, x * Vector512.Create(multiplier));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<uint> High, Vector256<uint> Low) Multiply(Vector256<uint> x, uint multiplier)
    {
        var factor = Vector256.Create((ulong)multiplier).AsUInt32();
        var even = Avx2.Multiply(x, factor).AsUInt32();
        var odd = Avx2.Multiply(Vector256.ShiftRightLogical(x.AsUInt64(), 32).AsUInt32(), factor).AsUInt32();
        var high = Avx2.Blend(Vector256.ShiftRightLogical(even.AsUInt64(), 32).AsUInt32(), odd, 0b10101010);
        return (high, x * Vector256.Create(multiplier));
    }
}
