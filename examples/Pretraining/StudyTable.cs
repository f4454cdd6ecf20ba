using System.Globalization;
using System.Text;
using Microsoft.ML.Regularization.Benchmarks;

namespace Pretraining;

/// <summary>The results as a Markdown table, and its place in a document.</summary>
internal static class StudyTable
{
    public static string Of(Study study, Results results)
    {
        var text = new StringBuilder($"| network | starts from | {study.Measure} | less than from nothing by | seeds that gain |\n|---|---|---:|---:|---:|\n");
        foreach (var variant in study.Variants)
        {
            var first = study.Variants.First(other => other.Network == variant.Network);
            var (mean, deviation) = results.Of(variant);
            text.Append(CultureInfo.InvariantCulture, $"| {variant.Network} | {variant.Start.Name} | {mean:0.000} ± {deviation:0.000} | ");
            if (variant == first)
            {
                text.Append("| |\n");
                continue;
            }

            var (gain, spread, gains) = results.Gain(variant, first);
            text.Append(CultureInfo.InvariantCulture, $"{gain:0.000} ± {spread:0.000} | {gains} of {results.Seeds} |\n");
        }

        return text.ToString();
    }

    /// <summary>Puts the table between the study's two marks of a document, and the processor below it.</summary>
    public static void Write(string path, Study study, string table)
    {
        var (beginMark, endMark) = ($"<!-- {study.Name}: begin -->", $"<!-- {study.Name}: end -->");
        var document = File.ReadAllText(path);
        var begin = document.IndexOf(beginMark, StringComparison.Ordinal);
        var end = document.IndexOf(endMark, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
            throw new InvalidDataException($"{path} lacks the marks '{beginMark}' and '{endMark}' for the table.");
        File.WriteAllText(path, document[..(begin + beginMark.Length)] + $"\n{table}\n{Processor.Line}\n" + document[end..]);
    }
}
