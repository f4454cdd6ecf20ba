using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Options of an augmentation of text. Place it in a pipeline before the text is turned into features, for example by <c>FeaturizeText</c>. A text that is
/// missing or has no word stays as it is. A word is a run of letters and the marks on them; hyphens and apostrophes within it belong to it. Edits of words do
/// not change or move anything else: punctuation, numbers and other words with a digit, addresses of pages, of mail and of files, handles (<c>@name</c>) and
/// hashtags.
/// Records outside of the library cannot derive from it.
/// </summary>
public abstract record TextAugmentationOptions : AugmentationOptions
{
    private protected TextAugmentationOptions()
    {
    }

    /// <summary>Column of texts, a scalar. Default: Text.</summary>
    public string TextColumnName { get; init; } = "Text";

    /// <summary>
    /// The probability that a text, or with <see cref="Copies"/> a copy of it, is changed at all, from 0 (never) to 1 (always). Default: 1.
    /// </summary>
    public double Probability { get; init; } = 1;

    /// <summary>
    /// Number of changed copies that are added after each row, which then stays unchanged, from 0 to 1,000. Default: 0, which changes rows in their place.
    /// Copies make all passes longer; they are for trainers that read their rows only once, such as trees.
    /// </summary>
    public int Copies { get; init; }

    /// <summary>
    /// Seed of the random draws. Default: null, which takes the seed of the <see cref="MLContext"/> or, where that has none, a random one for
    /// each estimator.
    /// </summary>
    public int? Seed { get; init; }

    internal override int? SeedOfDraws => Seed;

    internal sealed override bool WritesCopies => Copies > 0;

    internal override bool IsIdentity => Probability == 0 && Copies == 0;

    internal sealed override string? WhyNotInTrainer =>
        "a trainer's rows are features, in which there is no text left to change: put it in the pipeline before FeaturizeText.";

    internal override IEnumerable<string> StreamIdentity => [Name, TextColumnName];

    internal override void Validate(IExceptionContext context)
    {
        context.CheckName(TextColumnName, nameof(TextColumnName));
        context.CheckBetween(Probability, nameof(Probability), 0, 1);
        context.CheckBetween(Copies, nameof(Copies), 0, 1000);
    }

    internal sealed override SchemaShape GetTrainingShape(IExceptionContext context, SchemaShape input)
    {
        var column = context.Require(input, TextColumnName, "text");
        return column.Kind == SchemaShape.Column.VectorKind.Scalar && column.ItemType == TextDataViewType.Instance
            ? input
            : throw context.Mismatch("text", column, "String");
    }
}
