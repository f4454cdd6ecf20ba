using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Random insertion: while a pipeline is fitted, synonyms of random words of each text, stop words excepted, are inserted at random places before, between
/// and after its words (Wei and Zou, "EDA: Easy data augmentation techniques for boosting performance on text classification tasks", 2019). All places are
/// equally probable. A synonym that is inserted at the start of a sentence takes over its capital letter.
/// </summary>
[UnionCase("RandomInsertion")]
public sealed record RandomInsertionOptions : SynonymEditOptions
{
    /// <summary>
    /// Inserted words as a share of the words of a text, rounded, and one word at least: from 0 (none) to 1 (as many as there are). The paper takes
    /// 0.05 where rows are few, else 0.1. Default: 0.1.
    /// </summary>
    public double Rate { get; init; } = 0.1;

    internal override string Name => "RandomInsertion";

    internal override bool IsIdentity => base.IsIdentity || (Rate == 0 && Copies == 0);

    internal override void Validate(IExceptionContext context)
    {
        base.Validate(context);
        context.CheckBetween(Rate, nameof(Rate), 0, 1);
    }

    internal override RowAugmentation Bind(IHostEnvironment env, IDataView source) => WordAugmentation.Bind(env, source, this, CreateEdit);

    internal WordEdit CreateEdit() => new Edit(this);

    private sealed class Edit(RandomInsertionOptions options) : WordEdit
    {
        private const int None = -1;

        private readonly SynonymDraw _draw = options.CreateDraw();
        private int[] _left = [];
        private int[] _first = [];
        private int[] _next = [];
        private string[] _synonyms = [];

        public override bool TryApply(ReadOnlySpan<char> text, WordList words, TextBuffer result, ref KeyedStream random)
        {
            // At each place stands a list of synonyms: the first one, and for each the one behind it.
            var first = Memory(ref _first, words.Count + 1);
            first.Fill(None);
            if (!TryDraw(text, words, first, ref random))
                return false;

            for (var word = 0; word < words.Count; word++)
            {
                var written = words.Of(text, word);
                result.Append(words.Before(text, word));
                if (first[word] == None)
                {
                    result.Append(written);
                }
                else if (words.StartsSentence(text, word) && LetterCases.StartsWithCapital(written))
                {
                    WriteBefore(first[word], LetterCase.Title, result);
                    result.AppendFormerStart(written);
                }
                else
                {
                    WriteBefore(first[word], LetterCase.Other, result);
                    result.Append(written);
                }
            }

            for (var inserted = first[words.Count]; inserted != None; inserted = _next[inserted])
            {
                result.Append(' ');
                result.Append(_synonyms[inserted]);
            }

            result.Append(words.Before(text, words.Count));
            return true;
        }

        private void WriteBefore(int inserted, LetterCase ofFirst, TextBuffer result)
        {
            for (var letterCase = ofFirst; inserted != None; inserted = _next[inserted], letterCase = LetterCase.Other)
            {
                result.Append(_synonyms[inserted], letterCase);
                result.Append(' ');
            }
        }

        // Words are drawn with replacement; one that turns out to have no synonym is not asked again.
        private bool TryDraw(ReadOnlySpan<char> text, WordList words, Span<int> first, ref KeyedStream random)
        {
            var edits = options.Rate == 0 ? 0 : CountEdits(options.Rate, words.Count);
            var left = Memory(ref _left, words.Count);
            for (var word = 0; word < words.Count; word++)
                left[word] = word;
            var next = Memory(ref _next, edits);
            var synonyms = Memory(ref _synonyms, edits);
            var count = words.Count;
            var inserted = 0;
            while (count > 0 && inserted < edits)
            {
                var at = NextIndex(ref random, count);
                if (!_draw.TryDraw(words.Of(text, left[at]), ref random, out synonyms[inserted]))
                {
                    left[at] = left[--count];
                    continue;
                }

                var place = NextIndex(ref random, words.Count + 1);
                next[inserted] = first[place];
                first[place] = inserted++;
            }

            return inserted > 0;
        }
    }
}
