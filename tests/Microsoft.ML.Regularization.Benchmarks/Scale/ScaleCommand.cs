using System.Globalization;
using System.Text.Json;

namespace Microsoft.ML.Regularization.Benchmarks.Scale;

/// <summary>How time and memory grow with the number of rows, each figure from fresh processes.</summary>
internal static class ScaleCommand
{
    private static readonly long[] Counts = [10_000, 100_000, 1_000_000, 10_000_000, 20_000_000];

    /// <summary>The command: measures all, or is one of the processes that measure.</summary>
    public static void Run(string[] args)
    {
        if (args is [ScaleWork.Empty or ScaleWork.Fit or ScaleWork.Score, var rows])
        {
            Console.WriteLine(JsonSerializer.Serialize(ScaleWork.Measure(args[0], long.Parse(rows, CultureInfo.InvariantCulture))));
            return;
        }

        var empty = Measure(ScaleWork.Empty, 0).PeakMegabytes;
        var figures = Counts.Select(count => Of(count, empty)).ToList();
        var table = ScaleTable.Of(figures, empty);
        Console.WriteLine(table);
        if (args is [var document, ..])
            new DocumentTable("scale").Write(document, table);
        if (args is [_, var picture])
            ScaleChart.Save(figures, picture);
    }

    private static ScaleRow Of(long count, double emptyMegabytes)
    {
        var (fit, score) = (Best(ScaleWork.Fit, count), Best(ScaleWork.Score, count));
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count}: {fit}, {score}"));
        return new ScaleRow(count, AboveEmpty(fit), AboveEmpty(score));

        ScaleMeasurement AboveEmpty(ScaleMeasurement run) => run with { PeakMegabytes = run.PeakMegabytes - emptyMegabytes };
    }

    // What else the machine does slows some processes down: of several the faster one, and the larger peak.
    private static ScaleMeasurement Best(string work, long rows)
    {
        var runs = Enumerable.Range(0, rows > 1_000_000 ? 1 : 3).Select(_ => Measure(work, rows)).ToList();
        return runs.MinBy(run => run.Seconds)! with { PeakMegabytes = runs.Max(run => run.PeakMegabytes) };
    }

    private static ScaleMeasurement Measure(string work, long rows) =>
        FreshProcess.Run<ScaleMeasurement>("scale", work, rows.ToString(CultureInfo.InvariantCulture));
}
