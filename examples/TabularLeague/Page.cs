using System.Globalization;
using System.Text;

namespace TabularLeague;

/// <summary>The part of a page that the program writes.</summary>
internal static class Page
{
    /// <summary>Where and how often, in a sentence.</summary>
    public static string Conditions(Standings seconds, IReadOnlyList<int> seeds)
    {
        var tables = seconds.Cells.Select(cell => cell.Table).Distinct().Count();
        return string.Create(
            CultureInfo.InvariantCulture, $"{tables} tables with {seconds.Cells.Count} numbers of training rows, seeds 1 to {seeds.Count}, {Processor()}.\n\n");
    }

    public static string Text(IReadOnlyList<Standings> standings, Standings seconds, IReadOnlyList<Entry> entries, IReadOnlyList<int> seeds)
    {
        var text = new StringBuilder(Conditions(seconds, seeds));
        text.Append(StandingsTables.Summary([.. standings.Where(ofMetric => ofMetric.Cells.Count > 0)], seconds, entries));
        foreach (var ofMetric in standings.Append(seconds).Where(ofMetric => ofMetric.Cells.Count > 0))
            text.Append(CultureInfo.InvariantCulture, $"\n### {Heading(ofMetric.Metric)}\n\n").Append(StandingsTables.Detail(ofMetric, entries));
        return text.ToString();
    }

    /// <summary>Puts the text between the marks of a page.</summary>
    public static void Write(string path, string marks, string text)
    {
        var (beginMark, endMark) = ($"<!-- {marks}: begin -->", $"<!-- {marks}: end -->");
        var page = File.ReadAllText(path);
        var begin = page.IndexOf(beginMark, StringComparison.Ordinal);
        var end = page.IndexOf(endMark, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
            throw new InvalidDataException($"{path} lacks the marks '{beginMark}' and '{endMark}'.");
        File.WriteAllText(path, page[..(begin + beginMark.Length)] + "\n" + text + page[end..]);
    }

    private static string Heading(Metric metric) => char.ToUpperInvariant(metric.Name[0]) + metric.Name[1..];

    private static string Processor()
    {
        const string information = "/proc/cpuinfo";
        var name = File.Exists(information)
            ? File.ReadLines(information).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return $"{name ?? "an unnamed processor"}, {Environment.ProcessorCount} {(Environment.ProcessorCount == 1 ? "core" : "cores")}";
    }
}
