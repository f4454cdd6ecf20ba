using System.Text.Json.Serialization;
using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Options of an edit that writes synonyms.
/// Records outside of the library cannot derive from it.
/// </summary>
public abstract record SynonymEditOptions : TextAugmentationOptions
{
    private protected SynonymEditOptions()
    {
    }

    /// <summary>
    /// Where synonyms come from. Default: null, which is <see cref="Regularization.Thesaurus.WordNet"/>, for English. It is not saved with a model,
    /// which does not need it.
    /// </summary>
    [JsonIgnore]
    public IThesaurus? Thesaurus { get; init; }

    /// <summary>
    /// How many of a word's synonyms, from that of its commonest sense on, one is drawn from with equal probability: at least 1. Default: 5. The
    /// paper draws from all, <see cref="int.MaxValue"/>, of which many are far from what the word means in most texts.
    /// </summary>
    public int MaxSynonyms { get; init; } = 5;

    /// <summary>
    /// Words that are never replaced nor inserted, in whatever case. Default: null, which is <see cref="WordSet.EnglishStopWords"/>; an empty set
    /// has none.
    /// </summary>
    public WordSet? StopWords { get; init; }

    internal override void Validate(IExceptionContext context)
    {
        base.Validate(context);
        context.CheckAtLeast(MaxSynonyms, nameof(MaxSynonyms), 1);
    }

    internal SynonymDraw CreateDraw() =>
        new(Thesaurus ?? Regularization.Thesaurus.WordNet, StopWords ?? WordSet.EnglishStopWords, MaxSynonyms);
}
