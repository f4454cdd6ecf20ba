namespace Microsoft.ML.Regularization;

/// <summary>Independent normal numbers, two of each pair of uniform ones (Box and Muller, 1958).</summary>
internal static class GaussianNoise
{
    // Eight Philox blocks of four words, two words to a pair of numbers.
    private const int Group = Philox.Lanes * 4;
    private const double Unit = 1.0 / (1ul << 32);

    /// <param name="noise">Receives the numbers; the first ones do not depend on how many there are.</param>
    /// <param name="key">The layer's key.</param>
    /// <param name="step">The training step: each one gives independent numbers.</param>
    /// <param name="mean">Their mean.</param>
    /// <param name="deviation">Their standard deviation, at least 0.</param>
    public static void Fill(Span<float> noise, RandomKey key, ulong step, double mean, double deviation)
    {
        Span<uint> words = stackalloc uint[Group];
        Span<float> group = stackalloc float[Group];
        for (var start = 0; start < noise.Length; start += Group)
        {
            Philox.Blocks8(start / Group * Philox.Lanes, step, key, words);
            for (var i = 0; i < Group; i += 2)
            {
                // Half a unit up: the logarithm of 0 is never taken.
                var radius = deviation * Math.Sqrt(-2 * Math.Log((words[i] + 0.5) * Unit));
                var (sine, cosine) = Math.SinCos(2 * Math.PI * words[i + 1] * Unit);
                group[i] = (float)(mean + radius * cosine);
                group[i + 1] = (float)(mean + radius * sine);
            }

            var rest = noise[start..];
            group[..Math.Min(Group, rest.Length)].CopyTo(rest);
        }
    }
}
