using System.Diagnostics;
using System.Text.Json;
using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Benchmarks.Sparse;

/// <summary>
/// Model Builder's pipeline for texts with this library's network at its defaults, with the same on rows that are made dense a batch at a time, and with SDCA, each in a
/// fresh process.
/// </summary>
internal static class SparseCommand
{
    private const string Dense = "dense";
    private const string Network = "network";
    private const string Sdca = "sdca";
    private const int Rows = 10_000;

    /// <summary>The command: measures all, one of them by its name, or is one of the processes that measure.</summary>
    public static void Run(string[] args)
    {
        if (args is [Dense or Network or Sdca, "here"])
        {
            Console.WriteLine(JsonSerializer.Serialize(Measure(args[0])));
            return;
        }

        Console.WriteLine(SparseMeasurement.Header);
        foreach (var name in args is [] ? [Dense, Network, Sdca] : args)
            Console.WriteLine(FreshProcess.Run<SparseMeasurement>("sparse", name, "here").ToRow(name));
    }

    private static SparseMeasurement Measure(string name)
    {
        var ml = new MLContext(seed: 1);
        var rows = ml.Data.LoadFromEnumerable(MadeTexts.Of(Rows, seed: 1));
        var unseen = ml.Data.LoadFromEnumerable(MadeTexts.Of(Rows, seed: 2));
        var epochs = new Epochs();
        var text = ml.Transforms.Text.FeaturizeText("Features", nameof(MadeTexts.Row.Text));
        var clock = Stopwatch.StartNew();
        ITransformer model = name == Sdca
            ? text.Append(ml.BinaryClassification.Trainers.SdcaLogisticRegression()).Fit(rows)
            : text.Append(ml.BinaryClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
            {
                Progress = epochs, MultipliesSparseRows = name != Dense,
            })).Fit(rows);
        var seconds = clock.Elapsed.TotalSeconds;
        clock.Restart();
        var scored = model.Transform(unseen);
        var metrics = ml.BinaryClassification.Evaluate(scored);
        var scoring = clock.Elapsed.TotalSeconds;
        return new SparseMeasurement(
            ((VectorDataViewType)scored.Schema["Features"].Type).Size, seconds, epochs.Seconds.Count, epochs.Median, PeakMegabytes(), scoring, metrics.Accuracy,
            metrics.LogLoss);
    }

    private static double PeakMegabytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / (double)(1 << 20);
    }

    private sealed class Epochs : IProgress<EpochReport>
    {
        public List<double> Seconds { get; } = [];

        public double Median => Seconds.Count == 0 ? 0 : Seconds.Order().ElementAt(Seconds.Count / 2);

        public void Report(EpochReport value) => Seconds.Add(value.Seconds);
    }
}
