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
    private const string TorchPeak = "libtorchPeak";
    private const string LibraryPeak = "libraryPeak";
    private const string Quick = "--quick";

    // Of a quick comparison epochs have a fraction of the rows.
    private const string QuickSeconds = "0.5";
    private const int QuickFraction = 4;

    /// <summary>
    /// The command: compares, or is one of the processes that are compared. Comparing, it takes a part of the names of those to compare, and a document
    /// (.md) whose table is written anew, or of which these rows are; or <c>--quick</c>, for a single turn of less than a minute and a half that gives the ratios alone.
    /// </summary>
    public static void Run(string[] args)
    {
        if (args is [Quick, ..])
        {
            CompareQuickly(args is [_, var part] ? part : "");
            return;
        }

        if (args is [var side, var index, var seconds])
        {
            Console.WriteLine(JsonSerializer.Serialize(Measure(side, int.Parse(index, CultureInfo.InvariantCulture), double.Parse(seconds, CultureInfo.InvariantCulture))));
            return;
        }

        var document = args.FirstOrDefault(argument => argument.EndsWith(".md", StringComparison.Ordinal));
        var name = args.FirstOrDefault(argument => argument != document) ?? "";
        var table = Compare(name, turns: 5, seconds: 4);
        Console.WriteLine(table);
        if (document is null)
            return;
        if (name.Length == 0)
            new DocumentTable("training").Write(document, table);
        else
            new DocumentTable("training").Update(document, table);
    }

    private static void CompareQuickly(string name)
    {
        Console.WriteLine("| network | library / plain TorchSharp loop, rows/s | rows a second of processors |\n|---|---:|---:|");
        foreach (var (index, workload) in Workloads.All.Index().Where(workload => workload.Item.Name.Contains(name, StringComparison.OrdinalIgnoreCase)))
        {
            var (plain, library) = (Of(Plain), Of(Library));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {workload.Name} | {library.RowsPerSecond / plain.RowsPerSecond:0.0} | {plain.ProcessorMicroseconds / library.ProcessorMicroseconds:0.0} |"));

            Measurement Of(string side) => FreshProcess.Run<Measurement>("training", side + Quick, index.ToString(CultureInfo.InvariantCulture), QuickSeconds);
        }
    }

    private static Workload Part(Workload workload) => workload with { Rows = workload.Rows / QuickFraction };

    private static Measurement Measure(string side, int index, double seconds) => side switch
    {
        Library => LibraryTraining.Run(Workloads.All[index], seconds),
        Plain => PlainTraining.Run(Workloads.All[index], seconds),
        Library + Quick => LibraryTraining.Run(Part(Workloads.All[index]), seconds),
        Plain + Quick => PlainTraining.Run(Part(Workloads.All[index]), seconds),
        TorchPeak => new Measurement(MatrixPeak.OfLibTorch(), 0),
        _ => new Measurement(MatrixPeak.OfLibrary(), 0),
    };

    private static string Compare(string name, int turns, double seconds)
    {
        var table = new StringBuilder(
            "| network | plain TorchSharp loop, rows/s | library, rows/s | ratio | of the matrix peak | plain, bytes a row | library, bytes a row |\n"
            + "|---|---:|---:|---:|---:|---:|---:|\n");
        var (torchPeak, libraryPeak) = (Peak(TorchPeak), Peak(LibraryPeak));
        for (var index = 0; index < Workloads.All.Count; index++)
        {
            var workload = Workloads.All[index];
            if (!workload.Name.Contains(name, StringComparison.OrdinalIgnoreCase))
                continue;
            var (plain, library) = (new List<Measurement>(), new List<Measurement>());
            for (var turn = 0; turn < turns; turn++)
            {
                plain.Add(Process(Plain, index, seconds));
                library.Add(Process(Library, index, seconds));
                if (plain[^1].Parameters != library[^1].Parameters)
                {
                    throw new InvalidOperationException(
                        $"{workload.Name} is not the same network on both sides: {plain[^1].Parameters} and {library[^1].Parameters} parameters.");
                }

                Console.Error.WriteLine($"{workload.Name}: {plain[^1].RowsPerSecond:0} and {library[^1].RowsPerSecond:0} rows/s");
            }

            var (ours, theirs) = (Median([.. library.Select(run => run.RowsPerSecond)]), Median([.. plain.Select(run => run.RowsPerSecond)]));
            var ratio = Median([.. plain.Zip(library, (before, after) => after.RowsPerSecond / before.RowsPerSecond)]);

            // Forward once, backward twice: to the weights and to the inputs.
            var share = ours * 3 * workload.MultiplyAdds / Math.Max(torchPeak, libraryPeak);
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {workload.Name} | {theirs:N0} | {ours:N0} | {ratio:0.00} | {share:0%} | {plain.Average(run => run.BytesPerRow):0} | "
                + $"{library.Average(run => run.BytesPerRow):0} |\n");
        }

        return table.Append(
            CultureInfo.InvariantCulture,
            $"\nMatrix peak: {2e-9 * libraryPeak:0} GFLOP/s, the library's product of two matrices of 1024 x 1024; libtorch's is {2e-9 * torchPeak:0}.\n").ToString();

        double Peak(string side) => Median([.. Enumerable.Range(0, turns).Select(_ => Process(side, 0, seconds).RowsPerSecond)]);
    }

    private static Measurement Process(string side, int index, double seconds) => FreshProcess.Run<Measurement>(
        "training", side, index.ToString(CultureInfo.InvariantCulture), seconds.ToString(CultureInfo.InvariantCulture));

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
