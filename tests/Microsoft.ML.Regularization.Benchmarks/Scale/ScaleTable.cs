using System.Globalization;
using System.Text;

namespace Microsoft.ML.Regularization.Benchmarks.Scale;

/// <summary>The figures as a Markdown table.</summary>
internal static class ScaleTable
{
    public static string Of(IReadOnlyList<ScaleRow> figures, double emptyMegabytes)
    {
        var table = new StringBuilder(
            "| rows | Fit, us a row | of which its epoch | Transform, us a row | Fit, MB at the peak | Transform, MB at the peak |\n"
            + "|---:|---:|---:|---:|---:|---:|\n");
        foreach (var row in figures)
        {
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {row.Rows:N0} | {row.FitMicroseconds:0.00} | {row.EpochMicroseconds:0.00} | {row.ScoreMicroseconds:0.00} | {row.FitMegabytes:0} | {row.ScoreMegabytes:0} |\n");
        }

        return table.Append(
            CultureInfo.InvariantCulture, $"\nThe peaks are above the {emptyMegabytes:0} MB of a process that has loaded libtorch and multiplied two matrices.\n").ToString();
    }
}
