using System.Diagnostics;
using Microsoft.ML.Regularization.Benchmarks.Photos;
using Microsoft.ML.Regularization.Benchmarks.Training;

namespace Microsoft.ML.Regularization.Benchmarks.Overlap;

/// <summary>Rows that are read and changed while a network is trained on those before.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Rows">How many there are.</param>
/// <param name="Open">Opens them, from files below a folder that it may fill.</param>
/// <param name="Workload">The network.</param>
internal sealed record OverlapCase(string Name, int Rows, Func<MLContext, string, int, IDataView> Open, Workload Workload)
{
    private const int Epochs = 4;

    public static IReadOnlyList<OverlapCase> All { get; } =
    [
        new("CSV of 20 numbers, Mlp(256, 256)", 1_000_000, CsvFile.Load, Perceptron),
        new("the same, Gaussian noise and Mixup", 1_000_000, (ml, folder, rows) => ml.Data.Augment(
            ml.Data.Augment(CsvFile.Load(ml, folder, rows), new GaussianNoiseOptions { Scale = 0.1 }), new MixupOptions { Alpha = 0.2 }), Perceptron),
        new("JPEGs of 500 x 375, cropped, flipped and jittered at 224 x 224, ConvNet(8, 16, 32)", 400, (ml, folder, rows) =>
            PhotoCase.Usual.Aggregate(PhotoFolder.Load(ml, folder, rows), (photos, options) => ml.Data.Augment(photos, options)), Convolutions),
    ];

    private static ConvNetWorkload Convolutions => new("", PhotoFolder.Shape, [8, 16, 32], 32, 1);

    private static MlpWorkload Perceptron => new("", CsvFile.Features, [256, 256], 256, 1);

    /// <summary>Measures reading alone, the network alone, and both.</summary>
    /// <param name="folder">For files; they are made where they are not there.</param>
    public OverlapMeasurement Measure(string folder)
    {
        var ml = new MLContext(seed: 1);
        var rows = Open(ml, folder, Rows);
        Pass(rows);
        var reading = Timed(() => Pass(rows));
        var streamed = Epoch(ml, rows, DataCaching.None);
        var alone = Epoch(ml, ml.Data.Cache(new TableRows(Rows, Workload.Features)), DataCaching.Memory);
        return new(reading, alone, streamed);
    }

    private static Work Timed(Action action)
    {
        using var process = Process.GetCurrentProcess();
        var (clock, processor) = (Stopwatch.StartNew(), process.TotalProcessorTime);
        action();
        process.Refresh();
        return new(clock.Elapsed.TotalSeconds, (process.TotalProcessorTime - processor).TotalSeconds);
    }

    private static void Pass(IDataView rows)
    {
        using var cursor = rows.GetRowCursor([rows.Schema["Features"]]);
        var getter = cursor.GetGetter<Data.VBuffer<float>>(rows.Schema["Features"]);
        Data.VBuffer<float> features = default;
        while (cursor.MoveNext())
            getter(ref features);
    }

    private Work Epoch(MLContext ml, IDataView rows, DataCaching caching)
    {
        var times = new Times();
        ml.MulticlassClassification.Trainers.NeuralNetwork(Workload.Options with
        {
            LabelColumnName = caching == DataCaching.None ? "Label" : "Class",
            DataCaching = caching,
            MaxEpochs = Epochs,
            Progress = times,
        }).Fit(rows);
        return times.Best;
    }

    private sealed class Times : IProgress<EpochReport>
    {
        private readonly List<Work> _epochs = [];
        private TimeSpan _before;

        // The first epoch has its code compiled.
        public Work Best => _epochs.Skip(1).MinBy(epoch => epoch.Seconds)!;

        public void Report(EpochReport value)
        {
            using var process = Process.GetCurrentProcess();
            _epochs.Add(new(value.Seconds, (process.TotalProcessorTime - _before).TotalSeconds));
            _before = process.TotalProcessorTime;
        }
    }
}
