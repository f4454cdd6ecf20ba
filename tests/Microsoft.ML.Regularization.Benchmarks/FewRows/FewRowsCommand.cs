using System.Globalization;
using System.Text.Json;

namespace Microsoft.ML.Regularization.Benchmarks.FewRows;

/// <summary>What a fit costs however few rows it has, after the first one of a process.</summary>
internal static class FewRowsCommand
{
    private const string Seconds = "4";

    /// <summary>The command: measures all workloads, or those whose name contains the argument, each in a process of its own.</summary>
    public static void Run(string[] args)
    {
        if (args is ["one", var place, var seconds])
        {
            var measured = FewRowsMeasurement.Of(FewRowsWorkload.All[int.Parse(place, CultureInfo.InvariantCulture)], double.Parse(seconds, CultureInfo.InvariantCulture));
            Console.WriteLine(JsonSerializer.Serialize(measured));
            return;
        }

        Console.WriteLine("| fit | first, s | later, ms | processor ms | allocated, kB |\n|---|---:|---:|---:|---:|");
        foreach (var (index, workload) in FewRowsWorkload.All.Index())
        {
            if (!workload.Name.Contains(args.FirstOrDefault() ?? "", StringComparison.OrdinalIgnoreCase))
                continue;
            var measured = FreshProcess.Run<FewRowsMeasurement>("few-rows", "one", index.ToString(CultureInfo.InvariantCulture), Seconds);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {workload.Name} | {measured.FirstSeconds:0.00} | {measured.Milliseconds:0.0} | {measured.ProcessorMilliseconds:0.0} | {measured.Kilobytes:N0} |"));
        }
    }
}
