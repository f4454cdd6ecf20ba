using System.Diagnostics;
using System.Globalization;

namespace Microsoft.ML.Regularization.Benchmarks;

/// <summary>
/// Trains one epoch, with rows in memory or not, and prints what that took: for docs/streaming.md. The peak of memory is the process's own, so each
/// measurement is a process.
/// </summary>
internal static class CachingMeasurement
{
    public static void Run(DataCaching caching, long rows, int features)
    {
        var ml = new MLContext(seed: 1);
        Fit(1000);
        var (before, clock) = (PeakMegabytes(), Stopwatch.StartNew());
        Fit(rows);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{caching}: {rows} rows of {features} features in {clock.Elapsed.TotalSeconds:0.0} s; peak {PeakMegabytes():0} MB, of which {PeakMegabytes() - before:0} MB came with the rows"));

        void Fit(long count) => ml.BinaryClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            Architecture = NetworkArchitecture.Mlp(64, 64),
            Recipe = RegularizationRecipe.None,
            ValidationFraction = 0.1,
            BatchSize = 1024,
            MaxEpochs = 1,
            DataCaching = caching,
        }).Fit(new TableRows(count, features));
    }

    private static double PeakMegabytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / (double)(1 << 20);
    }
}
