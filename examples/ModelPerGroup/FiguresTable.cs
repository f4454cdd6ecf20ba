using System.Globalization;
using System.Text;
using Microsoft.ML.Regularization.Benchmarks;

namespace ModelPerGroup;

/// <summary>The figures as a Markdown table, and its place in a page.</summary>
internal static class FiguresTable
{
    private const string BeginMark = "<!-- groups: begin -->";
    private const string EndMark = "<!-- groups: end -->";

    public static string Of(IEnumerable<(IGroupTable Table, IReadOnlyList<Figures> Seeds)> tables)
    {
        var text = new StringBuilder("| table | groups | error is | one common model | each group alone | `FitEach` | pull |\n|---|---:|---|---:|---:|---:|---|\n");
        foreach (var (table, seeds) in tables)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {table.Name} | {seeds[0].Groups} | {table.Measure} | {Cell(seeds, one => one.Common)} | {(seeds[0].Alone is null ? "" : Cell(seeds, one => one.Alone!.Value))} | {Cell(seeds, one => one.Each)} | ");
            text.Append(CultureInfo.InvariantCulture, $"{string.Join(", ", seeds.Select(one => one.Pull is { } pull ? $"{pull}" : "common").Distinct())} |\n");
        }

        return text.ToString();
    }

    public static void Write(string path, string table)
    {
        var document = File.ReadAllText(path);
        var (begin, end) = (document.IndexOf(BeginMark, StringComparison.Ordinal), document.IndexOf(EndMark, StringComparison.Ordinal));
        if (begin < 0 || end < begin)
            throw new InvalidDataException($"{path} lacks the marks '{BeginMark}' and '{EndMark}' for the table.");
        File.WriteAllText(path, document[..(begin + BeginMark.Length)] + $"\n{table}\n{Processor.Line}\n" + document[end..]);
    }

    private static string Cell(IReadOnlyList<Figures> seeds, Func<Figures, (double Error, double Seconds)> of)
    {
        var (errors, seconds) = (seeds.Select(one => of(one).Error).ToList(), seeds.Average(one => of(one).Seconds));
        var mean = errors.Average();
        var spread = errors.Count < 2 ? "" : string.Create(CultureInfo.InvariantCulture, $" ± {Math.Sqrt(errors.Sum(error => Math.Pow(error - mean, 2)) / (errors.Count - 1)):0.000}");
        return string.Create(CultureInfo.InvariantCulture, $"{mean:0.000}{spread} ({seconds:0} s)");
    }
}
