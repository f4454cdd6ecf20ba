namespace Microsoft.ML.Regularization.Randomness;

/// <summary>Independent numbers, uniform between minus and plus a bound.</summary>
internal static class UniformNoise
{
    // Eight Philox blocks of four words, a word to a number.
    private const int Group = Philox.Lanes * 4;
    private const double Unit = 1.0 / (1ul << 31);

    /// <param name="noise">Receives the numbers; the first ones do not depend on how many there are.</param>
    /// <param name="key">Whose numbers.</param>
    /// <param name="step">The training step: each one gives independent numbers.</param>
    /// <param name="bound">Their largest absolute value, at least 0.</param>
    public static void Fill(Span<float> noise, RandomKey key, ulong step, double bound)
    {
        Span<uint> words = stackalloc uint[Group];
        for (var start = 0; start < noise.Length; start += Group)
        {
            Philox.Blocks8(start / Group * Philox.Lanes, step, key, words);
            var rest = noise[start..];
            for (var i = 0; i < Math.Min(Group, rest.Length); i++)
                rest[i] = (float)(((words[i] + 0.5) * Unit - 1) * bound);
        }
    }
}
