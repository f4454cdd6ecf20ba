using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Microsoft.ML.Regularization.Benchmarks.Photos;

/// <summary>How fast photographs are decoded and augmented.</summary>
internal static class PhotoCommand
{
    /// <summary>The command: measures all cases, each in a process of its own.</summary>
    public static void Run(string[] args)
    {
        if (args is ["one", var place, var files])
        {
            Console.WriteLine(JsonSerializer.Serialize(PhotoCase.All[int.Parse(place, CultureInfo.InvariantCulture)].Measure(files)));
            return;
        }

        var folder = Directory.CreateTempSubdirectory();
        var table = new StringBuilder(
            "| photos of 224 x 224 x 3 | a second on one thread | with decoding on all processors | with all on all processors | processor time on one thread, ms | with all on all processors, ms |\n|---|---:|---:|---:|---:|---:|\n");
        try
        {
            foreach (var (index, example) in PhotoCase.All.Index())
            {
                var speed = FreshProcess.Run<PhotoMeasurement>("photos", "one", index.ToString(CultureInfo.InvariantCulture), folder.FullName);
                table.Append(
                    CultureInfo.InvariantCulture,
                    $"| {example.Name} | {speed.Alone.Rate:N0} | {speed.Decoding.Rate:N0} | {speed.Together.Rate:N0} | {speed.Alone.ProcessorMilliseconds:0.00} | {speed.Together.ProcessorMilliseconds:0.00} |\n");
                Console.Error.WriteLine($"{example.Name}: {speed}");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        Console.WriteLine(table);
        if (args is [var document])
            new DocumentTable("photos").Write(document, table.ToString());
    }
}
