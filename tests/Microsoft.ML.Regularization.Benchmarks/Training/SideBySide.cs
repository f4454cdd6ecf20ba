using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Microsoft.ML.Regularization.Benchmarks.Training;

/// <summary>
/// Runs the library and the plain loop in turns, each in fresh processes, so that neither profits from what the other left in memory or from a quiet
/// moment of the machine.
/// </summary>
internal static class SideBySide
{
    private const string Library = "library";
    private const string Plain = "plain";
    private const string Peak = "peak";

    /// <summary>The command: compares, or is one of the processes that are compared.</summary>
    public static void Run(string[] args)
    {
        if (args is [var side, var index, var seconds])
        {
            Console.WriteLine(JsonSerializer.Serialize(Measure(side, int.Parse(index, CultureInfo.InvariantCulture), double.Parse(seconds, CultureInfo.InvariantCulture))));
            return;
        }

        var document = args.FirstOrDefault();
        var table = Compare(turns: 5, seconds: 4);
        Console.WriteLine(table);
        if (document is not null)
            new DocumentTable("training side by side").Write(document, table);
    }

    private static Measurement Measure(string side, int index, double seconds) => side switch
    {
        Library => LibraryTraining.Run(Workloads.All[index], seconds),
        Plain => PlainTraining.Run(Workloads.All[index], seconds),
        _ => new Measurement(MatrixProduct.MultiplyAddsPerSecond(), 0),
    };

    private static string Compare(int turns, double seconds)
    {
        var table = new StringBuilder(
            "| network | plain TorchSharp loop, rows/s | library, rows/s | ratio | of the matrix peak | plain, bytes a row | library, bytes a row |\n"
            + "|---|---:|---:|---:|---:|---:|---:|\n");
        var peak = Median([.. Enumerable.Range(0, turns).Select(_ => Process(Peak, 0, seconds).RowsPerSecond)]);
        for (var index = 0; index < Workloads.All.Count; index++)
        {
            var workload = Workloads.All[index];
            var (plain, library) = (new List<Measurement>(), new List<Measurement>());
            for (var turn = 0; turn < turns; turn++)
            {
                plain.Add(Process(Plain, index, seconds));
                library.Add(Process(Library, index, seconds));
                Console.Error.WriteLine($"{workload.Name}: {plain[^1].RowsPerSecond:0} and {library[^1].RowsPerSecond:0} rows/s");
            }

            var (ours, theirs) = (Median([.. library.Select(run => run.RowsPerSecond)]), Median([.. plain.Select(run => run.RowsPerSecond)]));
            var ratio = Median([.. plain.Zip(library, (before, after) => after.RowsPerSecond / before.RowsPerSecond)]);

            // Forward once, backward twice: to the weights and to the inputs.
            var share = ours * 3 * workload.MultiplyAdds / peak;
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {workload.Name} | {theirs:N0} | {ours:N0} | {ratio:0.00} | {share:0%} | {plain.Average(run => run.BytesPerRow):0} | "
                + $"{library.Average(run => run.BytesPerRow):0} |\n");
        }

        return table.Append(CultureInfo.InvariantCulture, $"\nMatrix peak: {2e-9 * peak:0} GFLOP/s, libtorch's product of two matrices of 1024 x 1024.\n").ToString();
    }

    private static Measurement Process(string side, int index, double seconds) => FreshProcess.Run<Measurement>(
        "training", side, index.ToString(CultureInfo.InvariantCulture), seconds.ToString(CultureInfo.InvariantCulture));

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
