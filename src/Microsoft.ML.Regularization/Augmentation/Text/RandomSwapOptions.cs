using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Random swap: while a pipeline is fitted, pairs of words of each text change places, again and again (Wei and Zou, "EDA: Easy data augmentation techniques
/// for boosting performance on text classification tasks", 2019). A word that comes to begin a sentence gets the capital of the one that did, which is
/// written in lower case at its new position; all punctuation stays in its place. A text of one word stays as it is.
/// </summary>
[UnionCase("RandomSwap")]
public sealed record RandomSwapOptions : TextAugmentationOptions
{
    /// <summary>
    /// Swaps as a share of the words of a text, rounded, and one at least: from 0 (none) to 1 (as many as there are words). Each moves two words. The
    /// paper takes 0.05 where rows are few, else 0.1. Default: 0.1.
    /// </summary>
    public double Rate { get; init; } = 0.1;

    internal override string Name => "RandomSwap";

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
        private int[] _order = [];

        public override bool TryApply(ReadOnlySpan<char> text, WordList words, TextBuffer result, ref KeyedStream random)
        {
            if (words.Count < 2 || rate == 0)
                return false;

            var order = Memory(ref _order, words.Count);
            for (var word = 0; word < words.Count; word++)
                order[word] = word;
            for (var edits = CountEdits(rate, words.Count); edits > 0; edits--)
            {
                var one = NextIndex(ref random, words.Count);
                var other = NextIndex(ref random, words.Count - 1);
                if (other >= one)
                    other++;
                (order[one], order[other]) = (order[other], order[one]);
            }

            for (var place = 0; place < words.Count; place++)
            {
                result.Append(words.Before(text, place));
                Write(text, words, order[place], place, result);
            }

            result.Append(words.Before(text, words.Count));
            return true;
        }

        private static void Write(ReadOnlySpan<char> text, WordList words, int word, int place, TextBuffer result)
        {
            var written = words.Of(text, word);
            if (word == place)
                result.Append(written);
            else if (words.StartsSentence(text, place) && LetterCases.StartsWithCapital(words.Of(text, place)))
                result.AppendCapitalized(written);
            else if (words.StartsSentence(text, word))
                result.AppendFormerStart(written);
            else
                result.Append(written);
        }
    }
}
