using System.Globalization;
using System.Text;

namespace Microsoft.ML.Regularization.Benchmarks.Busy;

/// <summary>What each architecture takes of the processors that it is granted.</summary>
internal static class BusyNetworks
{
    private const int Turns = 3;

    private static readonly (string Name, string? Value) NoSetting = ("GOMP_SPINCOUNT", null);

    private static readonly BusySituation Alone = new("alone", Neighbours: 0, IsPinned: false, Fits: 1);
    private static readonly BusySituation Beside = new("beside a busy process for each processor", Neighbours: Environment.ProcessorCount, IsPinned: false, Fits: 1);
    private static readonly BusySituation Half = new("granted half a processor", Neighbours: 0, IsPinned: false, Fits: 1) { Quota = 0.5 };

    public static void Measure(string? document)
    {
        var table = new StringBuilder(
            $"| network | alone, s | {Beside.Name}, s | by what it is granted | {Half.Name}, s | by what it is granted |\n|---|---:|---:|---:|---:|---:|\n");
        for (var network = 0; network < BusyNetwork.All.Count; network++)
        {
            var (alone, beside, half) = (Median(network, Alone), Median(network, Beside), Median(network, Half));

            // As many busy processes as processors leave it half of them.
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {BusyNetwork.All[network].Name} | {alone:0.0} | {beside:0.0} | {beside / 2 / alone:0.00} | {half:0.0} | {half * Half.Quota / Environment.ProcessorCount / alone:0.00} |\n");
            Console.Error.WriteLine(table.ToString().TrimEnd().Split('\n')[^1]);
        }

        Console.WriteLine(table);
        if (document is not null)
            new DocumentTable("busy-networks").Write(document, table.ToString());
    }

    private static double Median(int network, BusySituation situation) =>
        Enumerable.Range(0, Turns).Select(_ => BusyProcess.Measure(network, situation, NoSetting)).Order().ElementAt(Turns / 2);
}
