using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Edits the words of one text after another, for one cursor.</summary>
internal abstract class WordEdit
{
    /// <summary>Writes the edited text.</summary>
    /// <param name="text">The text as it is.</param>
    /// <param name="words">The words of <paramref name="text"/>, one at least.</param>
    /// <param name="result">Receives the edited text; empty before.</param>
    /// <param name="random">The row's own numbers.</param>
    /// <returns>Whether there was anything to edit.</returns>
    public abstract bool TryApply(ReadOnlySpan<char> text, WordList words, TextBuffer result, ref KeyedStream random);

    /// <summary>How many edits a share of the words is: one at least.</summary>
    protected static int CountEdits(double rate, int words) => Math.Max(1, (int)Math.Round(rate * words));

    protected static int NextIndex(ref KeyedStream random, int count) => (int)random.NextInt64(count);

    /// <summary>Memory for one number of each word: the same in every call, or more where <paramref name="count"/> asks for it.</summary>
    protected static Span<T> Memory<T>(ref T[] memory, int count)
    {
        if (memory.Length < count)
            memory = new T[Math.Max(count, 2 * memory.Length)];
        return memory.AsSpan(0, count);
    }
}
