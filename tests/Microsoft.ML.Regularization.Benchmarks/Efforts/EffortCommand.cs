using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Microsoft.ML.Regularization.Benchmarks.Efforts;

/// <summary>How long the efforts take, from a few hundred rows to the largest that they promise a time for.</summary>
internal static class EffortCommand
{
    // Fits of each, of which the middle one counts.
    private const int Turns = 3;

    /// <summary>The command: prints the table of all, or of those that contain the argument, and writes it into a document.</summary>
    public static void Run(string[] args)
    {
        if (args is ["one", var place])
        {
            Console.WriteLine(JsonSerializer.Serialize(EffortMeasurement.Of(EffortWorkload.All[int.Parse(place, CultureInfo.InvariantCulture)])));
            return;
        }

        var document = args.FirstOrDefault(argument => argument.EndsWith(".md", StringComparison.Ordinal));
        var wanted = args.FirstOrDefault(argument => argument != document) ?? "";
        var table = new StringBuilder();
        Add("| trains | rows | numbers | labels | seconds | processor seconds |\n|---|---:|---:|---|---:|---:|\n");
        foreach (var (index, workload) in EffortWorkload.All.Index())
        {
            var start = string.Create(CultureInfo.InvariantCulture, $"| {workload.Name} | {workload.Rows:N0} | {workload.Numbers} | {workload.Labels} |");
            if (!start.Contains(wanted, StringComparison.OrdinalIgnoreCase))
                continue;
            var turns = Enumerable.Range(0, Turns)
                .Select(_ => FreshProcess.Run<EffortMeasurement>("efforts", "one", index.ToString(CultureInfo.InvariantCulture)))
                .OrderBy(turn => turn.Seconds).ToList();
            var middle = turns[Turns / 2];
            Add(string.Create(CultureInfo.InvariantCulture, $"{start} {middle.Seconds:0.0} ({turns[0].Seconds:0.0} to {turns[^1].Seconds:0.0}) | {middle.ProcessorSeconds:0.0} |\n"));
        }

        if (document is not null)
            new DocumentTable("efforts").Write(document, table.ToString());

        void Add(string line)
        {
            table.Append(line);
            Console.Write(line);
        }
    }
}
