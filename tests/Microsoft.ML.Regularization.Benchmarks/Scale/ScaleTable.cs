using System.Globalization;
using System.Text;

namespace Microsoft.ML.Regularization.Benchmarks.Scale;

/// <summary>The figures as a Markdown table.</summary>
internal static class ScaleTable
{
    public static string Of(IReadOnlyList<ScaleRow> figures, double emptyMegabytes)
    {
        var table = new StringBuilder(
            "| rows | Fit, us a row | its epoch | Fit, processor us a row | Transform, us a row | Transform, processor us a row | Fit, MB | Transform, MB |\n"
            + "|---:|---:|---:|---:|---:|---:|---:|---:|\n");
        foreach (var row in figures)
        {
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {row.Rows:N0} | {row.FitMicroseconds:0.00} | {row.EpochMicroseconds:0.00} | {row.FitProcessorMicroseconds:0.00} | "
                + $"{row.ScoreMicroseconds:0.00} | {row.ScoreProcessorMicroseconds:0.00} | {row.Fit.PeakMegabytes:0} | {row.Score.PeakMegabytes:0} |\n");
        }

        return table.Append(
            CultureInfo.InvariantCulture,
            $"\nThe megabytes are those at the peak, above the {emptyMegabytes:0} of a process that has loaded libtorch and multiplied two matrices.\n")
            .ToString();
    }
}
