using System.Globalization;
using Spectre.Console;

namespace QuickStart;

/// <summary>The measures of each variant over the seeds: mean and standard deviation.</summary>
internal static class ResultsTable
{
    public static Table Of(IReadOnlyDictionary<Variant, List<Measures>> results)
    {
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn("");
        foreach (var name in new[] { "error (%)", "log-loss (nats)", "ECE (%)" })
            table.AddColumn(new TableColumn(name).RightAligned());
        foreach (var (variant, runs) in results)
        {
            table.AddRow(
                variant.Name,
                Spread(runs, run => 100 * run.Error, "0.00"),
                Spread(runs, run => run.LogLoss, "0.000"),
                Spread(runs, run => 100 * run.CalibrationError, "0.0"));
        }

        return table;
    }

    private static string Spread(List<Measures> runs, Func<Measures, double> measure, string format)
    {
        var mean = runs.Average(measure);
        var deviation = Math.Sqrt(runs.Sum(run => Math.Pow(measure(run) - mean, 2)) / (runs.Count - 1));
        var text = mean.ToString(format, CultureInfo.InvariantCulture);
        return runs.Count == 1 ? text : $"{text} ± {deviation.ToString(format, CultureInfo.InvariantCulture)}";
    }
}
