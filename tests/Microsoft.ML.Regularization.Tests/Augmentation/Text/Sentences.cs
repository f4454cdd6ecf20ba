using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Text;

/// <summary>Views of texts, and what becomes of them.</summary>
internal static class Sentences
{
    /// <summary>Words of a made-up language, a synonym or two for some.</summary>
    public static IThesaurus Toy { get; } = Thesaurus.Of(new Dictionary<string, string[]>
    {
        ["dog"] = ["hound"],
        ["big"] = ["large"],
        ["red"] = ["scarlet", "crimson"],
        ["über"] = ["äußerst"],
        ["don't"] = ["shan't"],
        ["well-known"] = ["famous"],
    });

    public static List<string> Augment(this MLContext ml, TextAugmentationOptions options, params IEnumerable<string?> texts) =>
        [.. ml.Data.Augment(ml.ViewOf(texts), options).GetColumn<string>("Text")];

    public static List<string> Repeat(this MLContext ml, int times, TextAugmentationOptions options, string text) =>
        ml.Augment(options, Enumerable.Repeat(text, times));

    public static IDataView ViewOf(this MLContext ml, params IEnumerable<string?> texts) =>
        ml.Data.LoadFromEnumerable(texts.Select(text => new Sentence { Text = text }));

    /// <summary>How often each text is among them, as a share.</summary>
    public static Dictionary<string, double> Shares(this IReadOnlyCollection<string> texts) =>
        texts.GroupBy(text => text).ToDictionary(group => group.Key, group => group.Count() / (double)texts.Count);

    /// <summary>A word of letters for a number, as many for its digits.</summary>
    public static string Word(int number) => string.Concat(number.ToString(CultureInfo.InvariantCulture).Select(digit => (char)(digit - '0' + 'a')));

    public static int Number(string word) => int.Parse(string.Concat(word.Select(letter => (char)(letter - 'a' + '0'))), CultureInfo.InvariantCulture);

    /// <summary>Four standard errors of a share.</summary>
    public static double Tolerance(double share, int count) => 4 * Math.Sqrt(share * (1 - share) / count);

    private sealed class Sentence
    {
        public string? Text { get; set; }
    }
}
