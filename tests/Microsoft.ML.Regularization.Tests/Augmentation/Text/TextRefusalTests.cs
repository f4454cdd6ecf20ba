using static Microsoft.ML.Regularization.Tests.Refusal;
using static Microsoft.ML.Regularization.Tests.RefusedTraining;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Text;

/// <summary>Misuse of the augmentations of text.</summary>
[TestClass]
public sealed class TextRefusalTests
{
    private static ITextTranslator Echo { get; } = TextTranslator.FromDelegate((text, _, _) => text);

    private static IEnumerable<object[]> Cases =>
    [
        Case("text of a missing column", () => Ml.Transforms.Text.RandomSwap().Fit(View(Example.Clusters(3))), "text column 'Text'"),
        Case("text of numbers", () => Ml.Transforms.Text.RandomSwap("Target").Fit(View(Example.Clusters(3))), "'Target'", "String", "Single"),
        Case("text of a vector", () => Ml.Transforms.Text.EasyDataAugmentation("Features").Fit(View(Example.Clusters(3))), "'Features'", "String", "Vector<Single"),
        Case("TextColumnName of text", () => Ml.Transforms.Text.RandomDeletion(" "), "TextColumnName", "blank"),
        Case("Probability of text", () => Ml.Transforms.Text.RandomSwap(probability: -0.1), "Probability", "from 0 to 1", "-0.1"),
        Case("Copies of text", () => Ml.Transforms.Text.RandomSwap(copies: -1), "Copies", "from 0 to 1000", "-1"),
        Case("Copies of text within another", () => Ml.Transforms.Sometimes(new RandomSwapOptions { Copies = 1 }), "RandomSwap within Sometimes", "no Copies"),
        Case("Rate of synonym replacement", () => Ml.Transforms.Text.SynonymReplacement(rate: 1.1), "Rate", "from 0 to 1", "1.1"),
        Case("Rate of random insertion", () => Ml.Transforms.Text.RandomInsertion(rate: -1), "Rate", "from 0 to 1", "-1"),
        Case("Rate of random swap", () => Ml.Transforms.Text.RandomSwap(rate: double.NaN), "Rate", "from 0 to 1", "NaN"),
        Case("Rate of random deletion", () => Ml.Transforms.Text.RandomDeletion(rate: 2), "Rate", "from 0 to 1", "2"),
        Case("SynonymRate", () => Ml.Transforms.Text.EasyDataAugmentation(synonymRate: 2), "SynonymRate", "from 0 to 1", "2"),
        Case("InsertionRate", () => Ml.Transforms.Text.EasyDataAugmentation(insertionRate: 2), "InsertionRate", "from 0 to 1", "2"),
        Case("SwapRate", () => Ml.Transforms.Text.EasyDataAugmentation(swapRate: 2), "SwapRate", "from 0 to 1", "2"),
        Case("DeletionRate", () => Ml.Transforms.Text.EasyDataAugmentation(deletionRate: 2), "DeletionRate", "from 0 to 1", "2"),
        Case("MaxSynonyms", () => Ml.Transforms.Text.SynonymReplacement(maxSynonyms: 0), "MaxSynonyms", "at least 1", "0"),
        Case("a null among StopWords", () => new RandomInsertionOptions { StopWords = ["a", null!] }, "word", "null"),
        Case("a blank among StopWords", () => new RandomInsertionOptions { StopWords = [" "] }, "word", "blank"),
        Case("Translator", () => Ml.Transforms.Text.BackTranslation(null!, "Sentence").Fit(View(Example.Clusters(3))), "Translator must be given"),
        Case("Translator within another", () => Ml.Transforms.Sometimes(new BackTranslationOptions { TextColumnName = "Sentence" }).Fit(View(Example.Clusters(3))), "Translator must be given"),
        Case("SourceLanguage", () => Ml.Transforms.Text.BackTranslation(Echo, sourceLanguage: " "), "SourceLanguage", "blank"),
        Case("PivotLanguage", () => Ml.Transforms.Text.BackTranslation(Echo, pivotLanguage: null!), "PivotLanguage", "null"),
        Case("PivotLanguage like SourceLanguage", () => Ml.Transforms.Text.BackTranslation(Echo, pivotLanguage: "EN"), "PivotLanguage", "SourceLanguage", "'en'"),
        Case("BatchSize of translation", () => Ml.Transforms.Text.BackTranslation(Echo, batchSize: 0), "BatchSize", "at least 1", "0"),
        Case("CacheSize", () => Ml.Transforms.Text.BackTranslation(Echo, cacheSize: 0), "CacheSize", "at least 1", "0"),
        Case("Timeout", () => Ml.Transforms.Text.BackTranslation(Echo, timeout: TimeSpan.Zero), "Timeout", "above 0", "00:00:00"),
        Case("Timeout beyond a day", () => Ml.Transforms.Text.BackTranslation(Echo, timeout: TimeSpan.FromDays(2)), "Timeout", "at most one day", "2.00:00:00"),
        Case("a translator of no function", () => TextTranslator.FromDelegate((Func<string, string, string, string>)null!), "translate"),
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void An_error_names_what_is_wrong(string name, Action action, string[] fragments) => Check(name, action, fragments);
}
