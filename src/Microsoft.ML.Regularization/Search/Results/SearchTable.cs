using System.Globalization;
using System.Text;

namespace Microsoft.ML.Regularization.Search;

/// <summary>The trials of a search as a table in text.</summary>
internal static class SearchTable
{
    public static string Of(SearchSpace space, ValidationMetric metric, IReadOnlyList<TrialResult> trials)
    {
        List<string[]> rows = [["trial", "epochs", "seconds", $"{metric}", "options"]];
        foreach (var result in trials.OrderBy(result => MetricDirection.LossOf(metric, result.Value)).ThenBy(result => result.Trial.Number))
        {
            rows.Add(
            [
                Write(result.Trial.Number, "0"),
                Write(result.Epochs, "0") + (result.HasEnded || result.Failure is not null ? "" : "+"),
                Write(result.Seconds, "0.0"),
                result.Value is { } value ? Write(value, "0.0000") : "failed",
                space.Describe(result.Trial) + (result.Failure is { } why ? $": {why}" : "") + string.Concat(result.Notices.Select(notice => $" ({notice})")),
            ]);
        }

        var widths = Enumerable.Range(0, 4).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            for (var column = 0; column < widths.Length; column++)
                text.Append(row[column].PadLeft(widths[column])).Append("  ");
            text.AppendLine(row[^1]);
        }

        return text.ToString();
    }

    private static string Write(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
