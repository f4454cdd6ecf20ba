using System.Globalization;

namespace Microsoft.ML.Regularization.Benchmarks.Tables;

/// <summary>How fast networks for tables train, each in a process of its own.</summary>
internal static class TableCommand
{
    /// <summary>The command: measures all networks, or those whose name contains the argument.</summary>
    public static void Run(string[] args)
    {
        if (args is ["one", var place, var seconds])
        {
            var measured = TableMeasurement.Of(TableWorkload.All[int.Parse(place, CultureInfo.InvariantCulture)], double.Parse(seconds, CultureInfo.InvariantCulture));
            Console.WriteLine(System.Text.Json.JsonSerializer.Serialize(measured));
            return;
        }

        Console.WriteLine("| network | numbers | rows/s | microseconds of processors a row | bytes a row |\n|---|---:|---:|---:|---:|");
        foreach (var (index, workload) in TableWorkload.All.Index())
        {
            if (!workload.Name.Contains(args.FirstOrDefault() ?? "", StringComparison.OrdinalIgnoreCase))
                continue;
            var measured = FreshProcess.Run<TableMeasurement>("tables", "one", index.ToString(CultureInfo.InvariantCulture), "4");
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {workload.Name} | {workload.Numbers} | {measured.RowsPerSecond:N0} | {measured.ProcessorMicroseconds:0.0} | {measured.BytesPerRow:0} |"));
        }
    }
}
