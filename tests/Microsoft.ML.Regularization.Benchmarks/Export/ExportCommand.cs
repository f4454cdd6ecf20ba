using System.Globalization;
using System.Text.Json;

namespace Microsoft.ML.Regularization.Benchmarks.Export;

/// <summary>How long it takes to write a network as an ONNX file, the first time in a process and later.</summary>
internal static class ExportCommand
{
    /// <summary>The command: measures all workloads, or those whose name contains the argument, each in three processes of its own.</summary>
    public static void Run(string[] args)
    {
        if (args is ["one", var place])
        {
            Console.WriteLine(JsonSerializer.Serialize(ExportMeasurement.Of(ExportWorkload.All[int.Parse(place, CultureInfo.InvariantCulture)])));
            return;
        }

        Console.WriteLine("| network | file, kB | first, ms | of it processor, ms | later, ms |\n|---|---:|---:|---:|---:|");
        foreach (var (index, workload) in ExportWorkload.All.Index())
        {
            if (!workload.Name.Contains(args.FirstOrDefault() ?? "", StringComparison.OrdinalIgnoreCase))
                continue;
            var runs = Enumerable.Range(0, 3).Select(_ => FreshProcess.Run<ExportMeasurement>("export", "one", index.ToString(CultureInfo.InvariantCulture))).ToList();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {workload.Name} | {runs[0].Kilobytes:N0} | {runs.Min(run => run.FirstMilliseconds):0} to {runs.Max(run => run.FirstMilliseconds):0} | "
                + $"{runs.Min(run => run.ProcessorMilliseconds):0} to {runs.Max(run => run.ProcessorMilliseconds):0} | {runs.Average(run => run.MiddleMilliseconds):0.0} "
                + $"({runs.Min(run => run.LeastMilliseconds):0.0} to {runs.Max(run => run.MostMilliseconds):0.0}) |"));
        }
    }
}
