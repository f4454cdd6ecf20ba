using System.Globalization;
using System.Text;
using BenchmarkDotNet.Reports;

namespace Microsoft.ML.Regularization.Benchmarks;

/// <summary>The figures as a Markdown table, between two marks of a document.</summary>
internal static class SpeedTable
{
    public static void Write(string path, Summary summary) => new DocumentTable("measured speed").Write(path, Of(summary));

    private static string Of(Summary summary)
    {
        var table = new StringBuilder("| | rows a second | MB a second | of a plain copy's rate | allocated for a row, bytes |\n|---|---:|---:|---:|---:|\n");
        foreach (var example in AugmentationCase.All)
        {
            var read = Report(nameof(AugmentationBenchmarks.Read));
            var copy = Report(nameof(AugmentationBenchmarks.Copy)).ResultStatistics!.Min;
            var nanoseconds = read.ResultStatistics!.Min;
            var share = example.IsText ? "" : string.Create(CultureInfo.InvariantCulture, $"{copy / nanoseconds:P0}");
            var allocated = read.GcStats.GetBytesAllocatedPerOperation(read.BenchmarkCase);
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {example.Name} | {1e9 / nanoseconds:N0} | {1e3 * sizeof(float) * example.RowSize / nanoseconds:N0} | {share} | {allocated:N0} |\n");

            BenchmarkReport Report(string method) => summary.Reports.Single(report =>
                report.BenchmarkCase.Descriptor.WorkloadMethod.Name == method && Equals(report.BenchmarkCase.Parameters["Case"], example));
        }

        return table.ToString();
    }
}
