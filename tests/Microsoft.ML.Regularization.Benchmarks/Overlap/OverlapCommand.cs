using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Microsoft.ML.Regularization.Benchmarks.Overlap;

/// <summary>What an epoch takes whose rows are read, parsed, decoded and augmented while the network computes.</summary>
internal static class OverlapCommand
{
    /// <summary>The command: measures all cases, each in a process of its own.</summary>
    public static void Run(string[] args)
    {
        if (args is ["one", var place, var files])
        {
            Console.WriteLine(JsonSerializer.Serialize(OverlapCase.All[int.Parse(place, CultureInfo.InvariantCulture)].Measure(files)));
            return;
        }

        var folder = Directory.CreateTempSubdirectory();
        var table = new StringBuilder(
            "| rows and network | rows | reading alone, s | network alone, s | an epoch of both, s | the least that the processors need, s | ratio |\n|---|---:|---:|---:|---:|---:|---:|\n");
        try
        {
            foreach (var (index, example) in OverlapCase.All.Index())
            {
                var result = FreshProcess.Run<OverlapMeasurement>("overlap", "one", index.ToString(CultureInfo.InvariantCulture), folder.FullName);
                table.Append(
                    CultureInfo.InvariantCulture,
                    $"| {example.Name} | {example.Rows:N0} | {result.Reading.Seconds:0.0} | {result.Network.Seconds:0.0} | {result.Epoch.Seconds:0.0} | {result.Bound:0.0} | {result.Epoch.Seconds / result.Bound:0.00} |\n");
                Console.Error.WriteLine($"{example.Name}: {result}");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        Console.WriteLine(table);
        if (args is [var document])
            new DocumentTable("overlap").Write(document, table.ToString());
    }
}
