using System.Globalization;
using System.Text;

namespace RegularizerEffects;

/// <summary>The results as a Markdown table, and its place in a document.</summary>
internal static class EffectsTable
{
    private const string Begin = "<!-- measured effects: begin -->";
    private const string End = "<!-- measured effects: end -->";

    public static string Of(Results results, int runs)
    {
        var text = new StringBuilder("| |");
        foreach (var set in DataSet.All)
            text.Append(CultureInfo.InvariantCulture, $" {set.Name}: error, % | log-loss |");
        text.Append(CultureInfo.InvariantCulture, $" less error, of {runs} | less log-loss | seconds |\n|---|");
        text.Append(string.Concat(Enumerable.Repeat("---:|", 2 * DataSet.All.Count + 3))).Append('\n');
        foreach (var variant in Variants.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {variant.Name} |");
            foreach (var set in DataSet.All)
            {
                var (error, errorDeviation) = results.Of(variant, set, measures => 100 * measures.Error);
                var (loss, lossDeviation) = results.Of(variant, set, measures => measures.LogLoss);
                text.Append(CultureInfo.InvariantCulture, $" {error:0.0} ± {errorDeviation:0.0} | {loss:0.000} ± {lossDeviation:0.000} |");
            }

            var isCompared = variant.Against is not null && variant.Against != variant.Name;
            text.Append(isCompared
                ? string.Create(CultureInfo.InvariantCulture, $" {results.Wins(variant, m => m.Error):0.#} | {results.Wins(variant, m => m.LogLoss):0.#} |")
                : " | |");
            text.Append(CultureInfo.InvariantCulture, $" {results.Seconds(variant):0.00} |\n");
        }

        return text.ToString();
    }

    /// <summary>Puts the table between the two marks of a document.</summary>
    public static void Write(string path, string table)
    {
        var document = File.ReadAllText(path);
        var begin = document.IndexOf(Begin, StringComparison.Ordinal);
        var end = document.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
            throw new InvalidDataException($"{path} lacks the marks '{Begin}' and '{End}' for the table.");
        File.WriteAllText(path, document[..(begin + Begin.Length)] + "\n" + table + document[end..]);
    }
}
