using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Synonym replacement: while a pipeline is fitted, a share of the words of each text, stop words excepted, is replaced by synonyms (Wei and Zou, "EDA: Easy
/// data augmentation techniques for boosting performance on text classification tasks", 2019). A synonym is written in the case of the word that it replaces:
/// Title, UPPER or lower. Words are chosen one by one, not with all their repetitions; words without synonyms are skipped, so a text with few replaceable
/// words gets fewer edits.
/// </summary>
[UnionCase("SynonymReplacement")]
public sealed record SynonymReplacementOptions : SynonymEditOptions
{
    /// <summary>
    /// The share of all words of a text that is replaced, rounded, and one word at least: from 0 (none) to 1 (every word that has synonyms). The
    /// paper takes 0.05 where rows are few, else 0.1. Default: 0.1.
    /// </summary>
    public double Rate { get; init; } = 0.1;

    internal override string Name => "SynonymReplacement";

    internal override bool IsIdentity => base.IsIdentity || (Rate == 0 && Copies == 0);

    internal override void Validate(IExceptionContext context)
    {
        base.Validate(context);
        context.CheckBetween(Rate, nameof(Rate), 0, 1);
    }

    internal override RowAugmentation Bind(IHostEnvironment env, IDataView source) => WordAugmentation.Bind(env, source, this, CreateEdit);

    internal WordEdit CreateEdit() => new Edit(this);

    private sealed class Edit(SynonymReplacementOptions options) : WordEdit
    {
        private readonly SynonymDraw _draw = options.CreateDraw();
        private int[] _left = [];
        private string?[] _synonyms = [];

        public override bool TryApply(ReadOnlySpan<char> text, WordList words, TextBuffer result, ref KeyedStream random)
        {
            var synonyms = Memory(ref _synonyms, words.Count);
            synonyms.Clear();
            if (!TryDraw(text, words, synonyms, ref random))
                return false;

            var written = 0;
            for (var word = 0; word < words.Count; word++)
            {
                if (synonyms[word] is not { } synonym)
                    continue;
                var (start, end) = words[word];
                result.Append(text[written..start]);
                result.Append(synonym, LetterCases.Of(text[start..end]));
                written = end;
            }

            result.Append(text[written..]);
            return true;
        }

        // Each word is asked for once at most, in random order.
        private bool TryDraw(ReadOnlySpan<char> text, WordList words, Span<string?> synonyms, ref KeyedStream random)
        {
            var left = Memory(ref _left, words.Count);
            for (var word = 0; word < words.Count; word++)
                left[word] = word;
            var edits = options.Rate == 0 ? 0 : CountEdits(options.Rate, words.Count);
            var replaced = 0;
            for (var count = words.Count; count > 0 && replaced < edits; count--)
            {
                var at = NextIndex(ref random, count);
                var word = left[at];
                left[at] = left[count - 1];
                if (!_draw.TryDraw(words.Of(text, word), ref random, out var synonym))
                    continue;
                synonyms[word] = synonym;
                replaced++;
            }

            return replaced > 0;
        }
    }
}
