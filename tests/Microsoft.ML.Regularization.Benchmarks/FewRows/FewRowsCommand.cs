using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Microsoft.ML.Regularization.Benchmarks.FewRows;

/// <summary>What a fit costs however few rows it has, after the first one of a process.</summary>
internal static class FewRowsCommand
{
    private const string Seconds = "4";

    /// <summary>
    /// The command: measures all workloads, or those whose name contains the argument, each in a process of its own; writes the table of all into a document (.md).
    /// </summary>
    public static void Run(string[] args)
    {
        if (args is ["one", var place, var seconds])
        {
            var measured = FewRowsMeasurement.Of(FewRowsWorkload.All[int.Parse(place, CultureInfo.InvariantCulture)], double.Parse(seconds, CultureInfo.InvariantCulture));
            Console.WriteLine(JsonSerializer.Serialize(measured));
            return;
        }

        var document = args.FirstOrDefault(argument => argument.EndsWith(".md", StringComparison.Ordinal));
        var wanted = args.FirstOrDefault(argument => argument != document) ?? "";
        var table = new StringBuilder();
        Add("| fit | first, s | later, ms | processor ms | allocated, kB |\n|---|---:|---:|---:|---:|\n");
        foreach (var (index, workload) in FewRowsWorkload.All.Index())
        {
            if (!workload.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase))
                continue;
            var measured = FreshProcess.Run<FewRowsMeasurement>("few-rows", "one", index.ToString(CultureInfo.InvariantCulture), Seconds);
            Add(string.Create(
                CultureInfo.InvariantCulture,
                $"| {workload.Name} | {measured.FirstSeconds:0.00} | {measured.Milliseconds:0.0} | {measured.ProcessorMilliseconds:0.0} | {measured.Kilobytes:N0} |\n"));
        }

        if (document is not null)
            new DocumentTable("few rows").Write(document, table.ToString());

        void Add(string line)
        {
            table.Append(line);
            Console.Write(line);
        }
    }
}
