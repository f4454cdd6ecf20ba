using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Microsoft.ML.Regularization.Benchmarks.Efforts;

/// <summary>How long the efforts take, from a few hundred rows to the largest that they promise a time for.</summary>
internal static class EffortCommand
{
    // Turns of each, of which the middle one counts; those that take long have fewer.
    private const int MostTurns = 3;
    private const double LongSeconds = 20;

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
            var turns = new List<EffortMeasurement>();
            while (turns.Count < MostTurns && turns.Sum(turn => turn.Seconds) < LongSeconds)
                turns.Add(FreshProcess.Run<EffortMeasurement>("efforts", "one", index.ToString(CultureInfo.InvariantCulture)));
            turns.Sort((one, other) => one.Seconds.CompareTo(other.Seconds));
            var middle = turns[turns.Count / 2];
            var spread = turns.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({turns[0].Seconds:0.0} to {turns[^1].Seconds:0.0})");
            Add(string.Create(CultureInfo.InvariantCulture, $"{start} {middle.Seconds:0.0}{spread} | {middle.ProcessorSeconds:0.0} |\n"));
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
