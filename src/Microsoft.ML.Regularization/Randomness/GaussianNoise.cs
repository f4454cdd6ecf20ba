using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.Regularization.Randomness;

/// <summary>
/// Independent normal numbers, two of each pair of uniform ones (Box and Muller, 1958), in single precision: at most 6.7 deviations from the mean.
/// </summary>
internal static class GaussianNoise
{
    /// <summary>Where a part may start: a multiple of it.</summary>
    public const int PartStart = Group;

    // Numbers that are made at once: many, so that each vectorized call has something to do; fewer for the features of a row.
    private const int Group = 16 * BlockWords;
    private const int RowGroup = 2 * BlockWords;
    private const int BlockWords = Philox.Lanes * 4;
    private const float Unit = 1f / (1ul << 32);

    /// <param name="noise">Receives the numbers, or a part of them; the first ones do not depend on how many there are.</param>
    /// <param name="key">The layer's key.</param>
    /// <param name="step">The training step: each one gives independent numbers.</param>
    /// <param name="mean">Their mean.</param>
    /// <param name="deviation">Their standard deviation, at least 0.</param>
    /// <param name="first">The first of the numbers that is written: a multiple of <see cref="PartStart"/>.</param>
    public static void Fill(Span<float> noise, RandomKey key, ulong step, double mean, double deviation, int first = 0) =>
        Fill(noise, key, step, mean, deviation, Group, first);

    /// <summary>Standard normal numbers, of which there may be few.</summary>
    /// <param name="noise">Receives the numbers; the first ones do not depend on how many there are.</param>
    /// <param name="key">The row's key: see <see cref="KeyedStream.NextKey"/>.</param>
    public static void FillRow(Span<float> noise, RandomKey key) => Fill(noise, key, step: 0, mean: 0, deviation: 1, RowGroup, first: 0);

    private static void Fill(Span<float> noise, RandomKey key, ulong step, double mean, double deviation, int group, int first)
    {
        Span<uint> words = stackalloc uint[group];
        Span<float> uniform = stackalloc float[group];
        Span<float> last = stackalloc float[group];
        for (var start = 0; start < noise.Length; start += group)
        {
            for (var i = 0; i < group; i += BlockWords)
                Philox.Blocks8((first + start + i) / BlockWords * Philox.Lanes, step, key, words[i..]);
            TensorPrimitives.ConvertTruncating<uint, float>(words, uniform);
            var rest = noise[start..];
            if (rest.Length >= group)
            {
                Transform(uniform, rest[..group], (float)mean, (float)deviation);
            }
            else
            {
                Transform(uniform, last, (float)mean, (float)deviation);
                last[..rest.Length].CopyTo(rest);
            }
        }
    }

    private static void Transform(Span<float> uniform, Span<float> noise, float mean, float deviation)
    {
        if (Vector512.IsHardwareAccelerated)
            TransformVectors(uniform, noise, mean, deviation);
        else
            TransformSpans(uniform, noise, mean, deviation);
    }

    // The same arithmetic, so the same numbers, at full speed from the first call on: what initial weights are drawn with runs only a few times in a process.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransformVectors(Span<float> uniform, Span<float> noise, float mean, float deviation)
    {
        var pairs = (nuint)uniform.Length / 2;
        ref var source = ref MemoryMarshal.GetReference(uniform);
        ref var target = ref MemoryMarshal.GetReference(noise[..uniform.Length]);
        for (nuint i = 0; i < pairs; i += (nuint)Vector512<float>.Count)
        {
            // Shifted by half a unit, so that the logarithm never gets 0.
            var radius = (Vector512.LoadUnsafe(ref source, i) + Vector512.Create(0.5f)) * Unit;
            radius = Vector512.Sqrt(Vector512.Log(radius) * (-2 * deviation * deviation));
            var (sine, cosine) = Vector512.SinCos(Vector512.LoadUnsafe(ref source, pairs + i) * (2 * MathF.PI * Unit));
            (cosine * radius + Vector512.Create(mean)).StoreUnsafe(ref target, i);
            (sine * radius + Vector512.Create(mean)).StoreUnsafe(ref target, pairs + i);
        }
    }

    private static void TransformSpans(Span<float> uniform, Span<float> noise, float mean, float deviation)
    {
        var pairs = uniform.Length / 2;
        var radii = uniform[..pairs];
        var angles = uniform[pairs..];

        // Shifted by half a unit, so that the logarithm never gets 0.
        TensorPrimitives.Add(radii, 0.5f, radii);
        TensorPrimitives.Multiply(radii, Unit, radii);
        TensorPrimitives.Log(radii, radii);
        TensorPrimitives.Multiply(radii, -2 * deviation * deviation, radii);
        TensorPrimitives.Sqrt(radii, radii);
        TensorPrimitives.Multiply(angles, 2 * MathF.PI * Unit, angles);
        var first = noise[..pairs];
        var second = noise[pairs..];
        TensorPrimitives.Cos(angles, first);
        TensorPrimitives.Sin(angles, second);
        TensorPrimitives.Multiply(first, radii, first);
        TensorPrimitives.Multiply(second, radii, second);
        TensorPrimitives.Add(noise, mean, noise);
    }
}
