using System.Diagnostics;
using Microsoft.ML.Data;
using TorchSharp;

namespace Microsoft.ML.Regularization.Benchmarks.Scale;

/// <summary>What one process does: trains an epoch on rows that are made while they are read, scores such rows, or nothing but load libtorch.</summary>
internal static class ScaleWork
{
    public const string Empty = "empty";
    public const string Fit = "fit";
    public const string Score = "score";

    private const int Features = 64;
    private const long WarmUpRows = 10_000;

    // As often as it takes to go through so many rows: what is short is timed several times.
    private const long RowsToTime = 1_000_000;

    public static ScaleMeasurement Measure(string work, long rows)
    {
        var ml = new MLContext(seed: 1);
        if (work == Empty)
        {
            using var ones = torch.ones(1024, 1024);
            using var product = ones.mm(ones);
            return new ScaleMeasurement(0, 0, 0, PeakMegabytes());
        }

        var model = FitTo(ml, WarmUpRows);
        Func<long, double> run = work == Fit
            ? count => FitTo(ml, count).Model.History.Epochs[0].Seconds
            : count => Read(model.Transform(new TableRows(count, Features)));
        for (var i = 0; i < 10; i++)
            run(WarmUpRows);
        var runs = Enumerable.Range(0, (int)Math.Clamp(RowsToTime / rows, 1, 30)).Select(_ => Time(() => run(rows))).OrderBy(time => time.Seconds).ToList();
        var (seconds, epoch, processor) = runs[runs.Count / 2];
        return new ScaleMeasurement(seconds, epoch, processor, PeakMegabytes());
    }

    private static NeuralNetworkMulticlassTransformer FitTo(MLContext ml, long rows) =>
        ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
    {
        LabelColumnName = "Class",
        Architecture = NetworkArchitecture.Mlp(64, 64),
        Recipe = RegularizationRecipe.None,
        BatchSize = 1024,
        MaxEpochs = 1,
        DataCaching = DataCaching.None,
    }).Fit(new TableRows(rows, Features));

    private static double Read(IDataView scored)
    {
        var column = scored.Schema["Score"];
        using var cursor = scored.GetRowCursor([column]);
        var getter = cursor.GetGetter<VBuffer<float>>(column);
        VBuffer<float> scores = default;
        var sum = 0.0;
        while (cursor.MoveNext())
        {
            getter(ref scores);
            sum += scores.GetValues()[0];
        }

        if (!double.IsFinite(sum))
            throw new InvalidOperationException("A score is not finite.");
        return 0;
    }

    private static (double Seconds, double EpochSeconds, double ProcessorSeconds) Time(Func<double> run)
    {
        var (clock, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var epoch = run();
        return (clock.Elapsed.TotalSeconds, epoch, (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
    }

    private static double PeakMegabytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / (double)(1 << 20);
    }
}
