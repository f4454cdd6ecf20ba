using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Augmentations of training texts. At scoring each of them is an identity.</summary>
public static class TextAugmentationCatalog
{
    /// <summary>Translates training texts to another language and back: see <see cref="BackTranslationOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="translator">What translates.</param>
    /// <param name="textColumnName">Column of texts, a scalar.</param>
    /// <param name="sourceLanguage">Language of the texts, as the translator names it.</param>
    /// <param name="pivotLanguage">Language that texts are translated to and back from.</param>
    /// <param name="batchSize">Texts in a call of the translator, at least 1.</param>
    /// <param name="timeout">How long the translator may take for one call; null is 30 seconds.</param>
    /// <param name="cacheSize">How many texts are remembered, at least 1.</param>
    /// <param name="probability">Probability that a text, or a copy of it, is changed, from 0 to 1.</param>
    /// <param name="copies">Changed copies behind each row, from 0 to 1,000; 0 changes rows in their place.</param>
    /// <param name="seed">Seed of the draws; null takes the context's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator BackTranslation(
        this TransformsCatalog.TextTransforms catalog,
        ITextTranslator translator,
        string textColumnName = "Text",
        string sourceLanguage = "en",
        string pivotLanguage = "de",
        int batchSize = 32,
        TimeSpan? timeout = null,
        int cacheSize = 100_000,
        double probability = 1,
        int copies = 0,
        int? seed = null) =>
        catalog.BackTranslation(new BackTranslationOptions
        {
            Translator = translator,
            TextColumnName = textColumnName,
            SourceLanguage = sourceLanguage,
            PivotLanguage = pivotLanguage,
            BatchSize = batchSize,
            Timeout = timeout,
            CacheSize = cacheSize,
            Probability = probability,
            Copies = copies,
            Seed = seed,
        });

    /// <summary>Translates training texts to another language and back: see <see cref="BackTranslationOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator BackTranslation(this TransformsCatalog.TextTransforms catalog, BackTranslationOptions options) =>
        catalog.ToEstimator(options);

    /// <summary>Edits each training text in one of four ways: see <see cref="EasyDataAugmentationOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="textColumnName">Column of texts, a scalar.</param>
    /// <param name="synonymRate">Rate of synonym replacement, from 0 to 1.</param>
    /// <param name="insertionRate">Rate of random insertion, from 0 to 1.</param>
    /// <param name="swapRate">Rate of random swap, from 0 to 1.</param>
    /// <param name="deletionRate">Rate of random deletion, from 0 to 1.</param>
    /// <param name="thesaurus">Where synonyms come from; null takes WordNet, for English.</param>
    /// <param name="maxSynonyms">How many of a word's synonyms one is drawn from, at least 1.</param>
    /// <param name="stopWords">Words that are never replaced nor inserted; null takes English ones.</param>
    /// <param name="probability">Probability that a text, or a copy of it, is changed, from 0 to 1.</param>
    /// <param name="copies">Changed copies behind each row, from 0 to 1,000; 0 changes rows in their place.</param>
    /// <param name="seed">Seed of the draws; null takes the context's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator EasyDataAugmentation(
        this TransformsCatalog.TextTransforms catalog,
        string textColumnName = "Text",
        double synonymRate = 0.1,
        double insertionRate = 0.1,
        double swapRate = 0.1,
        double deletionRate = 0.1,
        IThesaurus? thesaurus = null,
        int maxSynonyms = 5,
        WordSet? stopWords = null,
        double probability = 1,
        int copies = 0,
        int? seed = null) =>
        catalog.EasyDataAugmentation(new EasyDataAugmentationOptions
        {
            TextColumnName = textColumnName,
            SynonymRate = synonymRate,
            InsertionRate = insertionRate,
            SwapRate = swapRate,
            DeletionRate = deletionRate,
            Thesaurus = thesaurus,
            MaxSynonyms = maxSynonyms,
            StopWords = stopWords,
            Probability = probability,
            Copies = copies,
            Seed = seed,
        });

    /// <summary>Edits each training text in one of four ways: see <see cref="EasyDataAugmentationOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator EasyDataAugmentation(this TransformsCatalog.TextTransforms catalog, EasyDataAugmentationOptions options) =>
        catalog.ToEstimator(options);

    /// <summary>Leaves words of training texts out: see <see cref="RandomDeletionOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="textColumnName">Column of texts, a scalar.</param>
    /// <param name="rate">Probability that a word is left out, from 0 to 1.</param>
    /// <param name="probability">Probability that a text, or a copy of it, is changed, from 0 to 1.</param>
    /// <param name="copies">Changed copies behind each row, from 0 to 1,000; 0 changes rows in their place.</param>
    /// <param name="seed">Seed of the draws; null takes the context's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator RandomDeletion(
        this TransformsCatalog.TextTransforms catalog,
        string textColumnName = "Text",
        double rate = 0.1,
        double probability = 1,
        int copies = 0,
        int? seed = null) =>
        catalog.RandomDeletion(new RandomDeletionOptions
        {
            TextColumnName = textColumnName,
            Rate = rate,
            Probability = probability,
            Copies = copies,
            Seed = seed,
        });

    /// <summary>Leaves words of training texts out: see <see cref="RandomDeletionOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator RandomDeletion(this TransformsCatalog.TextTransforms catalog, RandomDeletionOptions options) =>
        catalog.ToEstimator(options);

    /// <summary>Inserts synonyms of their words into training texts: see <see cref="RandomInsertionOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="textColumnName">Column of texts, a scalar.</param>
    /// <param name="rate">Inserted words as a share of a text's words, from 0 to 1.</param>
    /// <param name="thesaurus">Where synonyms come from; null takes WordNet, for English.</param>
    /// <param name="maxSynonyms">How many of a word's synonyms one is drawn from, at least 1.</param>
    /// <param name="stopWords">Words that are never replaced nor inserted; null takes English ones.</param>
    /// <param name="probability">Probability that a text, or a copy of it, is changed, from 0 to 1.</param>
    /// <param name="copies">Changed copies behind each row, from 0 to 1,000; 0 changes rows in their place.</param>
    /// <param name="seed">Seed of the draws; null takes the context's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator RandomInsertion(
        this TransformsCatalog.TextTransforms catalog,
        string textColumnName = "Text",
        double rate = 0.1,
        IThesaurus? thesaurus = null,
        int maxSynonyms = 5,
        WordSet? stopWords = null,
        double probability = 1,
        int copies = 0,
        int? seed = null) =>
        catalog.RandomInsertion(new RandomInsertionOptions
        {
            TextColumnName = textColumnName,
            Rate = rate,
            Thesaurus = thesaurus,
            MaxSynonyms = maxSynonyms,
            StopWords = stopWords,
            Probability = probability,
            Copies = copies,
            Seed = seed,
        });

    /// <summary>Inserts synonyms of their words into training texts: see <see cref="RandomInsertionOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator RandomInsertion(this TransformsCatalog.TextTransforms catalog, RandomInsertionOptions options) =>
        catalog.ToEstimator(options);

    /// <summary>Swaps words of training texts: see <see cref="RandomSwapOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="textColumnName">Column of texts, a scalar.</param>
    /// <param name="rate">Swaps as a share of a text's words, from 0 to 1.</param>
    /// <param name="probability">Probability that a text, or a copy of it, is changed, from 0 to 1.</param>
    /// <param name="copies">Changed copies behind each row, from 0 to 1,000; 0 changes rows in their place.</param>
    /// <param name="seed">Seed of the draws; null takes the context's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator RandomSwap(
        this TransformsCatalog.TextTransforms catalog,
        string textColumnName = "Text",
        double rate = 0.1,
        double probability = 1,
        int copies = 0,
        int? seed = null) =>
        catalog.RandomSwap(new RandomSwapOptions
        {
            TextColumnName = textColumnName,
            Rate = rate,
            Probability = probability,
            Copies = copies,
            Seed = seed,
        });

    /// <summary>Swaps words of training texts: see <see cref="RandomSwapOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator RandomSwap(this TransformsCatalog.TextTransforms catalog, RandomSwapOptions options) =>
        catalog.ToEstimator(options);

    /// <summary>Replaces words of training texts by synonyms: see <see cref="SynonymReplacementOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="textColumnName">Column of texts, a scalar.</param>
    /// <param name="rate">Share of a text's words that is replaced, from 0 to 1.</param>
    /// <param name="thesaurus">Where synonyms come from; null takes WordNet, for English.</param>
    /// <param name="maxSynonyms">How many of a word's synonyms one is drawn from, at least 1.</param>
    /// <param name="stopWords">Words that are never replaced nor inserted; null takes English ones.</param>
    /// <param name="probability">Probability that a text, or a copy of it, is changed, from 0 to 1.</param>
    /// <param name="copies">Changed copies behind each row, from 0 to 1,000; 0 changes rows in their place.</param>
    /// <param name="seed">Seed of the draws; null takes the context's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <example><code>
    /// ml.Transforms.Text.SynonymReplacement("Text", rate: 0.1).Append(ml.Transforms.Text.FeaturizeText("Features", "Text"))
    /// </code></example>
    public static TrainingOnlyEstimator SynonymReplacement(
        this TransformsCatalog.TextTransforms catalog,
        string textColumnName = "Text",
        double rate = 0.1,
        IThesaurus? thesaurus = null,
        int maxSynonyms = 5,
        WordSet? stopWords = null,
        double probability = 1,
        int copies = 0,
        int? seed = null) =>
        catalog.SynonymReplacement(new SynonymReplacementOptions
        {
            TextColumnName = textColumnName,
            Rate = rate,
            Thesaurus = thesaurus,
            MaxSynonyms = maxSynonyms,
            StopWords = stopWords,
            Probability = probability,
            Copies = copies,
            Seed = seed,
        });

    /// <summary>Replaces words of training texts by synonyms: see <see cref="SynonymReplacementOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator SynonymReplacement(this TransformsCatalog.TextTransforms catalog, SynonymReplacementOptions options) =>
        catalog.ToEstimator(options);

    private static TrainingOnlyEstimator ToEstimator(this TransformsCatalog.TextTransforms catalog, TextAugmentationOptions options)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new TrainingOnlyEstimator(CatalogUtils.GetEnvironment(catalog), options);
    }
}
