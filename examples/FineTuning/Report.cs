using System.Globalization;
using System.Text;

namespace FineTuningExample;

/// <summary>The results as a table, on the console and in a page.</summary>
internal static class Report
{
    private const string BeginMark = "<!-- fine-tuning: begin -->";
    private const string EndMark = "<!-- fine-tuning: end -->";

    /// <returns>Whether there was anything to report.</returns>
    public static bool Write(Arguments arguments, IReadOnlyList<Run> runs, TextWriter output)
    {
        if (runs.Count == 0)
        {
            output.WriteLine("There are no results.");
            return false;
        }

        var cells = Cell.Of(runs, Methods.All.Select(method => method.Name));
        var text = Table(cells);
        output.WriteLine(text);
        if (arguments.Page is not { } page)
            return true;
        var content = File.ReadAllText(page);
        var (begin, end) = (content.IndexOf(BeginMark, StringComparison.Ordinal), content.IndexOf(EndMark, StringComparison.Ordinal));
        if (begin < 0 || end < begin)
            throw new InvalidDataException($"{page} lacks the marks '{BeginMark}' and '{EndMark}'.");
        File.WriteAllText(page, content[..(begin + BeginMark.Length)] + "\n" + text + content[end..]);
        Chart.Save(cells, Path.Combine(Path.GetDirectoryName(Path.GetFullPath(page))!, "images", "fine-tuning.png"));
        return true;
    }

    private static string Table(IReadOnlyList<Cell> cells)
    {
        var methods = Methods.All.Select(method => method.Name).Where(method => cells.Any(cell => cell.Methods.Contains(method))).ToList();
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"Accuracy in %, mean ± standard deviation of the seeds; seconds of a fit in brackets. {Processor()}.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"| set | of each class | {string.Join(" | ", methods)} |\n|---|---:|{string.Concat(methods.Select(_ => "---:|"))}\n");
        foreach (var cell in cells)
            text.Append(CultureInfo.InvariantCulture, $"| {cell.Set} | {cell.PerClass} | {string.Join(" | ", methods.Select(cell.Describe))} |\n");
        return text.ToString();
    }

    private static string Processor()
    {
        const string information = "/proc/cpuinfo";
        var name = File.Exists(information)
            ? File.ReadLines(information).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return $"{name ?? "An unnamed processor"}, {Environment.ProcessorCount} cores";
    }
}
