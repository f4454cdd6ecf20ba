using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Microsoft.ML.Regularization.Benchmarks.Epoch;

/// <summary>What of an epoch is not network, loss and optimizer.</summary>
internal static class EpochCommand
{
    private const string Case = "case";
    private const int Turns = 3;
    private const int Epochs = 5;

    /// <summary>The command: measures all cases in turns, or is one of the processes that measure.</summary>
    public static void Run(string[] args)
    {
        if (args is [Case, var index])
        {
            Console.WriteLine(JsonSerializer.Serialize(EpochCase.All[int.Parse(index, CultureInfo.InvariantCulture)].Measure(Epochs)));
            return;
        }

        var runs = Enumerable.Range(0, Turns).SelectMany(_ => EpochCase.All.Select((example, index) => (Case: example, Result: Process(index)))).ToList();
        var table = new StringBuilder("| | an epoch, s | network, loss and optimizer, s | the rest, % of the epoch |\n|---|---:|---:|---:|\n");
        foreach (var example in EpochCase.All)
        {
            // What else the machine does slows some processes down.
            var fastest = runs.Where(run => run.Case == example).Select(run => run.Result).MinBy(result => result.Seconds)!;
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {example.Name} | {fastest.Seconds:0.000} | {fastest.ComputingSeconds:0.000} | {100 * fastest.Overhead:0.0} |\n");
        }

        Console.WriteLine(table);
        if (args is [var document])
            new DocumentTable("epoch").Write(document, table.ToString());
    }

    private static EpochMeasurement Process(int index)
    {
        var result = FreshProcess.Run<EpochMeasurement>("epoch", Case, index.ToString(CultureInfo.InvariantCulture));
        Console.Error.WriteLine($"{EpochCase.All[index].Name}: {result}");
        return result;
    }
}
