using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Random deletion: while a pipeline is fitted, each word of a text is left out with the same probability (Wei and Zou, "EDA: Easy data augmentation
/// techniques for boosting performance on text classification tasks", 2019). Of two or more words at least one is removed and at least one stays; if chance
/// alone would not give this, that word is drawn at random. In the paper a text from which no word is removed stays unchanged, as happens to half of the
/// texts of six words. The space before a removed word, or otherwise the one after it, is removed too, and the capital letter of a sentence moves to its next
/// word.
/// </summary>
[UnionCase("RandomDeletion")]
public sealed record RandomDeletionOptions : TextAugmentationOptions
{
    /// <summary>
    /// The probability that a word is left out, from 0 (none is) to 1 (all but one are). The paper takes 0.05 where rows are few, else 0.1.
    /// Default: 0.1.
    /// </summary>
    public double Rate { get; init; } = 0.1;

    internal override string Name => "RandomDeletion";

    internal override bool IsIdentity => base.IsIdentity || (Rate == 0 && Copies == 0);

    internal override void Validate(IExceptionContext context)
    {
        base.Validate(context);
        context.CheckBetween(Rate, nameof(Rate), 0, 1);
    }

    internal override RowAugmentation Bind(IHostEnvironment env, IDataView source) => WordAugmentation.Bind(env, source, this, CreateEdit);

    internal WordEdit CreateEdit() => new Edit(Rate);

    private sealed class Edit(double rate) : WordEdit
    {
        private bool[] _falls = [];

        public override bool TryApply(ReadOnlySpan<char> text, WordList words, TextBuffer result, ref KeyedStream random)
        {
            if (words.Count < 2 || rate == 0)
                return false;

            var falls = Memory(ref _falls, words.Count);
            Draw(falls, ref random);
            var isCapitalDue = false;
            var goesWithSpaceBehind = false;
            for (var word = 0; word < words.Count; word++)
            {
                var written = words.Of(text, word);
                var space = words.Before(text, word);
                if (goesWithSpaceBehind)
                    space = WithoutBlanksInFront(space);
                var startsSentence = words.StartsSentence(text, word);
                isCapitalDue &= !startsSentence;
                if (!falls[word])
                {
                    result.Append(space);
                    result.Append(written, isCapitalDue ? LetterCase.Title : LetterCase.Other);
                    isCapitalDue = goesWithSpaceBehind = false;
                    continue;
                }

                var left = WithoutBlanksBehind(space);
                result.Append(left);
                goesWithSpaceBehind = left.Length == space.Length;
                isCapitalDue |= startsSentence && LetterCases.StartsWithCapital(written);
            }

            var end = words.Before(text, words.Count);
            result.Append(goesWithSpaceBehind ? WithoutBlanksInFront(end) : end);
            return true;
        }

        private void Draw(Span<bool> falls, ref KeyedStream random)
        {
            var fallen = 0;
            for (var word = 0; word < falls.Length; word++)
            {
                falls[word] = rate >= 1 || random.NextDouble() < rate;
                fallen += falls[word] ? 1 : 0;
            }

            if (fallen == 0 || fallen == falls.Length)
                falls[NextIndex(ref random, falls.Length)] = fallen == 0;
        }

        private static ReadOnlySpan<char> WithoutBlanksBehind(ReadOnlySpan<char> text)
        {
            var end = text.Length;
            while (end > 0 && IsBlank(text[end - 1]))
                end--;
            return text[..end];
        }

        private static ReadOnlySpan<char> WithoutBlanksInFront(ReadOnlySpan<char> text)
        {
            var start = 0;
            while (start < text.Length && IsBlank(text[start]))
                start++;
            return text[start..];
        }

        // Line breaks are kept.
        private static bool IsBlank(char character) => char.IsWhiteSpace(character) && character is not ('\r' or '\n' or '\u2028' or '\u2029');
    }
}
