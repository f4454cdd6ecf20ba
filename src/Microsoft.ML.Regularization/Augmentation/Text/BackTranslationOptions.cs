using System.Text.Json.Serialization;
using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Back translation: while a pipeline is fitted, texts are translated to another language and back, which says the same in other words (Sennrich, Haddow and
/// Birch, "Improving neural machine translation models with monolingual data", 2016). When a text is first asked for, all different texts of the column that
/// are not held out are translated, in batches, and cached. The same text has the same translation in every pass, so a second copy of a row would be like the
/// first. A translation that comes back blank leaves the text as it is.
/// </summary>
[UnionCase("BackTranslation")]
public sealed record BackTranslationOptions : TextAugmentationOptions
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The translator. It must be given. It is not saved with a model, which does not need it.</summary>
    [JsonIgnore]
    public ITextTranslator Translator { get; init; } = null!;

    /// <summary>Language of the texts, as the translator names it. Default: en.</summary>
    public string SourceLanguage { get; init; } = "en";

    /// <summary>Language that texts are translated to and back from, as the translator names it. Default: de.</summary>
    public string PivotLanguage { get; init; } = "de";

    /// <summary>Texts in a call of the translator, at least 1. Default: 32.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>
    /// How long the translator may take for one call, above 0 and at most a day. A batch takes two calls, there and back. Default: null, which is 30
    /// seconds.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// Maximum number of cached translations, at least 1. Further texts are translated one by one whenever they are read, which is slow. Default: 100,000.
    /// </summary>
    public int CacheSize { get; init; } = 100_000;

    internal override string Name => "BackTranslation";

    internal TimeSpan TimeLimit => Timeout ?? DefaultTimeout;

    internal override void Validate(IExceptionContext context)
    {
        base.Validate(context);
        CheckLanguage(context, SourceLanguage, nameof(SourceLanguage));
        CheckLanguage(context, PivotLanguage, nameof(PivotLanguage));
        if (SourceLanguage.Equals(PivotLanguage, StringComparison.OrdinalIgnoreCase))
            throw context.ExceptUserArg(nameof(PivotLanguage), $"PivotLanguage must be another language than SourceLanguage, but both are '{SourceLanguage}'.");
        context.CheckAtLeast(BatchSize, nameof(BatchSize), 1);
        context.CheckAtLeast(CacheSize, nameof(CacheSize), 1);
        if (TimeLimit <= TimeSpan.Zero || TimeLimit > TimeSpan.FromDays(1))
            throw context.ExceptUserArg(nameof(Timeout), $"Timeout must be above 0 and at most one day, but it is {TimeLimit}.");
    }

    internal override RowAugmentation Bind(IHostEnvironment env, IDataView source)
    {
        if (Translator is null)
        {
            throw env.ExceptUserArg(
                nameof(Translator), "Translator must be given. Options that were read from a model have none: set it before you fit with them.");
        }

        var column = env.Require(source.Schema, TextColumnName, "text");
        var texts = new BackTranslatedTexts(env, source, column, this);
        return new ColumnAugmentation<ReadOnlyMemory<char>>(
            column, Probability, () => (in text, ref result, ref random) => result = texts.Translate(text), Copies, isRandom: Probability is > 0 and < 1);
    }

    private static void CheckLanguage(IExceptionContext context, string? language, string option)
    {
        if (string.IsNullOrWhiteSpace(language))
            throw context.ExceptUserArg(option, $"{option} must name a language, but it is {(language is null ? "null" : "blank")}.");
    }
}
