using System.Globalization;
using System.Text;

namespace NetworkRecipes;

/// <summary>The results as a Markdown table, and its place in a document.</summary>
internal static class StudyTable
{
    public static string Of(Study study, Results results)
    {
        var text = new StringBuilder("| | test error, % | log-loss, nats | training loss, nats |\n|---|---:|---:|---:|\n");
        foreach (var variant in study.Variants)
        {
            var (error, errorDeviation) = results.Of(variant, measures => 100 * measures.Error);
            var (loss, lossDeviation) = results.Of(variant, measures => measures.LogLoss);
            var (training, _) = results.Of(variant, measures => measures.TrainingLoss);
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {variant.Name} | {error:0.00} ± {errorDeviation:0.00} | {loss:0.000} ± {lossDeviation:0.000} | {training:0.000} |\n");
        }

        return text.ToString();
    }

    /// <summary>Puts the table between the study's two marks of a document.</summary>
    public static void Write(string path, Study study, string table)
    {
        var (beginMark, endMark) = ($"<!-- {study.Name}: begin -->", $"<!-- {study.Name}: end -->");
        var document = File.ReadAllText(path);
        var begin = document.IndexOf(beginMark, StringComparison.Ordinal);
        var end = document.IndexOf(endMark, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
            throw new InvalidDataException($"{path} lacks the marks '{beginMark}' and '{endMark}' for the table.");
        File.WriteAllText(path, document[..(begin + beginMark.Length)] + "\n" + table + document[end..]);
    }
}
