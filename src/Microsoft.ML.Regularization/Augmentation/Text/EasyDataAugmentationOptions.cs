using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Easy data augmentation: while a pipeline is fitted, each text is edited in one of four ways, drawn with equal probability: synonym replacement, random
/// insertion, random swap and random deletion (Wei and Zou, "EDA: Easy data augmentation techniques for boosting performance on text classification tasks",
/// 2019). The paper adds 16 copies of each row where there are 500 rows, 8 where there are 2,000 and 4 where there are more; a trainer of many epochs needs
/// none, as each epoch draws fresh edits.
/// </summary>
[UnionCase("EasyDataAugmentation")]
public sealed record EasyDataAugmentationOptions : SynonymEditOptions
{
    /// <summary>
    /// The rate of synonym replacement, from 0 (it is none of the ways) to 1: see <see cref="SynonymReplacementOptions.Rate"/>. Default: 0.1.
    /// </summary>
    public double SynonymRate { get; init; } = 0.1;

    /// <summary>The rate of random insertion, from 0 (it is none of the ways) to 1: see <see cref="RandomInsertionOptions.Rate"/>. Default: 0.1.</summary>
    public double InsertionRate { get; init; } = 0.1;

    /// <summary>The rate of random swap, from 0 (it is none of the ways) to 1: see <see cref="RandomSwapOptions.Rate"/>. Default: 0.1.</summary>
    public double SwapRate { get; init; } = 0.1;

    /// <summary>The rate of random deletion, from 0 (it is none of the ways) to 1: see <see cref="RandomDeletionOptions.Rate"/>. Default: 0.1.</summary>
    public double DeletionRate { get; init; } = 0.1;

    internal override string Name => "EasyDataAugmentation";

    internal override bool IsIdentity =>
        base.IsIdentity || (SynonymRate == 0 && InsertionRate == 0 && SwapRate == 0 && DeletionRate == 0 && Copies == 0);

    internal override void Validate(IExceptionContext context)
    {
        base.Validate(context);
        context.CheckBetween(SynonymRate, nameof(SynonymRate), 0, 1);
        context.CheckBetween(InsertionRate, nameof(InsertionRate), 0, 1);
        context.CheckBetween(SwapRate, nameof(SwapRate), 0, 1);
        context.CheckBetween(DeletionRate, nameof(DeletionRate), 0, 1);
    }

    internal override RowAugmentation Bind(IHostEnvironment env, IDataView source) => WordAugmentation.Bind(env, source, this, CreateEdit);

    internal WordEdit CreateEdit() => new Edit([.. Ways()]);

    private IEnumerable<WordEdit> Ways()
    {
        if (SynonymRate > 0)
            yield return new SynonymReplacementOptions { Rate = SynonymRate, Thesaurus = Thesaurus, MaxSynonyms = MaxSynonyms, StopWords = StopWords }.CreateEdit();
        if (InsertionRate > 0)
            yield return new RandomInsertionOptions { Rate = InsertionRate, Thesaurus = Thesaurus, MaxSynonyms = MaxSynonyms, StopWords = StopWords }.CreateEdit();
        if (SwapRate > 0)
            yield return new RandomSwapOptions { Rate = SwapRate }.CreateEdit();
        if (DeletionRate > 0)
            yield return new RandomDeletionOptions { Rate = DeletionRate }.CreateEdit();
    }

    private sealed class Edit(WordEdit[] ways) : WordEdit
    {
        public override bool TryApply(ReadOnlySpan<char> text, WordList words, TextBuffer result, ref KeyedStream random) =>
            ways.Length > 0 && ways[NextIndex(ref random, ways.Length)].TryApply(text, words, result, ref random);
    }
}
