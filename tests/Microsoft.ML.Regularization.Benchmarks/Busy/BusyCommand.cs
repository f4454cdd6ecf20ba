using System.Globalization;
using System.Text;

namespace Microsoft.ML.Regularization.Benchmarks.Busy;

/// <summary>How long networks train where they have the processors for themselves, and where they have not.</summary>
internal static class BusyCommand
{
    private static readonly BusySituation[] Situations =
    [
        new("alone", Neighbours: 0, IsPinned: false, Fits: 1),
        new("beside one busy process", Neighbours: 1, IsPinned: false, Fits: 1),
        new("beside a busy process for each processor", Neighbours: Environment.ProcessorCount, IsPinned: false, Fits: 1),
        new("pinned to one processor while it runs", Neighbours: 0, IsPinned: true, Fits: 1),
        new("eight fits one after another, beside one busy process", Neighbours: 1, IsPinned: false, Fits: 8),
    ];

    // libtorch's threads as they wait by themselves, as the library has them wait, and a single one.
    private static readonly (string Name, string? Value)[] Settings = [("GOMP_SPINCOUNT", "300000"), ("GOMP_SPINCOUNT", null), ("OMP_NUM_THREADS", "1")];

    /// <summary>The command: measures all, or is one of the processes that are measured or that are busy.</summary>
    public static void Run(string[] args)
    {
        if (args is [BusyProcess.Spin])
            BusyProcess.SpinForever();
        else if (args is [BusyProcess.Fit, var network, var fits])
            BusyProcess.Train(BusyNetwork.All[int.Parse(network, CultureInfo.InvariantCulture)], int.Parse(fits, CultureInfo.InvariantCulture));
        else if (args is ["networks", ..])
            BusyNetworks.Measure(args.ElementAtOrDefault(1));
        else
            Measure(args.FirstOrDefault());
    }

    private static void Measure(string? document)
    {
        const int Turns = 3;
        var table = new StringBuilder(
            "| a fit | waiting threads spin, s | as it is, s | one thread, s | as it is / the best |\n|---|---:|---:|---:|---:|\n");
        foreach (var situation in Situations)
        {
            // In turns, so that none has a quiet moment of the machine for itself.
            var seconds = Settings.Select(_ => new List<double>()).ToList();
            for (var turn = 0; turn < Turns; turn++)
            {
                for (var i = 0; i < Settings.Length; i++)
                    seconds[i].Add(BusyProcess.Measure(network: 0, situation, Settings[i]));
            }

            var medians = seconds.ConvertAll(turns => turns.Order().ElementAt(Turns / 2));
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {situation.Name} | {Text(medians[0])} | {Text(medians[1])} | {Text(medians[2])} | {medians[1] / medians.Min():0.00} |\n");
            Console.Error.WriteLine(table.ToString().TrimEnd().Split('\n')[^1]);
        }

        Console.WriteLine(table);
        if (document is not null)
            new DocumentTable("busy").Write(document, table.ToString());
    }

    private static string Text(double seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{(seconds >= BusyProcess.MostSeconds ? "over " : "")}{seconds:0.0}");
}
