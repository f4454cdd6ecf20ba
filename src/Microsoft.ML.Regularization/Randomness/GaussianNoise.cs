using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Independent normal numbers, two of each pair of uniform ones (Box and Muller, 1958), in single precision: at most 6.7 deviations from the mean.
/// </summary>
internal static class GaussianNoise
{
    // Numbers that are made at once: many, so that each vectorized call has something to do.
    private const int Group = 16 * BlockWords;
    private const int Pairs = Group / 2;
    private const int BlockWords = Philox.Lanes * 4;
    private const float Unit = 1f / (1ul << 32);

    /// <param name="noise">Receives the numbers; the first ones do not depend on how many there are.</param>
    /// <param name="key">The layer's key.</param>
    /// <param name="step">The training step: each one gives independent numbers.</param>
    /// <param name="mean">Their mean.</param>
    /// <param name="deviation">Their standard deviation, at least 0.</param>
    public static void Fill(Span<float> noise, RandomKey key, ulong step, double mean, double deviation)
    {
        Span<uint> words = stackalloc uint[Group];
        Span<float> uniform = stackalloc float[Group];
        Span<float> last = stackalloc float[Group];
        for (var start = 0; start < noise.Length; start += Group)
        {
            for (var i = 0; i < Group; i += BlockWords)
                Philox.Blocks8((start + i) / BlockWords * Philox.Lanes, step, key, words[i..]);
            TensorPrimitives.ConvertTruncating<uint, float>(words, uniform);
            var rest = noise[start..];
            if (rest.Length >= Group)
            {
                Transform(uniform, rest[..Group], (float)mean, (float)deviation);
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
        var radii = uniform[..Pairs];
        var angles = uniform[Pairs..];

        // Half a unit up: the logarithm of 0 is never taken.
        TensorPrimitives.Add(radii, 0.5f, radii);
        TensorPrimitives.Multiply(radii, Unit, radii);
        TensorPrimitives.Log(radii, radii);
        TensorPrimitives.Multiply(radii, -2 * deviation * deviation, radii);
        TensorPrimitives.Sqrt(radii, radii);
        TensorPrimitives.Multiply(angles, 2 * MathF.PI * Unit, angles);
        var first = noise[..Pairs];
        var second = noise[Pairs..];
        TensorPrimitives.Cos(angles, first);
        TensorPrimitives.Sin(angles, second);
        TensorPrimitives.Multiply(first, radii, first);
        TensorPrimitives.Multiply(second, radii, second);
        TensorPrimitives.Add(noise, mean, noise);
    }
}
