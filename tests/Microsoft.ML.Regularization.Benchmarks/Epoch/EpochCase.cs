using Microsoft.ML.Regularization.Benchmarks.Training;

namespace Microsoft.ML.Regularization.Benchmarks.Epoch;

/// <summary>How the first network of the training benchmarks has its rows.</summary>
/// <param name="BatchSize">Rows of a step.</param>
/// <param name="Caching">Whether rows are kept in memory.</param>
/// <param name="Prefetches">Whether rows that are not kept are read on another thread.</param>
internal sealed record EpochCase(int BatchSize, DataCaching Caching, bool Prefetches = true)
{
    private const int Rows = 65_536;
    private const int WarmUpEpochs = 2;

    public static IReadOnlyList<EpochCase> All { get; } =
    [
        new(128, DataCaching.Memory), new(128, DataCaching.None, Prefetches: false), new(128, DataCaching.None),
        new(1024, DataCaching.Memory), new(1024, DataCaching.None, Prefetches: false), new(1024, DataCaching.None),
    ];

    public string Name => $"batch {BatchSize}, rows "
        + (Caching == DataCaching.Memory ? "in memory" : Prefetches ? "read on another thread" : "read between the steps");

    public EpochMeasurement Measure(int epochs)
    {
        var workload = new MlpWorkload(Name, 64, [256, 256, 256], BatchSize, Rows) { Dropout = 0.2 };
        var times = new Times();
        var options = workload.Options with
        {
            LabelColumnName = "Class",
            MaxEpochs = epochs + WarmUpEpochs,
            DataCaching = Caching,
            ShufflePoolRows = Rows / 8,
            RowCaching = new RowCaching { Prefetches = Prefetches },
            Progress = times,
        };
        new MLContext(seed: 1).MulticlassClassification.Trainers.NeuralNetwork(options).Fit(new TableRows(Rows, workload.Features));
        var measured = times.Epochs.Skip(WarmUpEpochs).OrderBy(epoch => epoch.Seconds).ToList();
        return measured[measured.Count / 2];
    }

    private sealed class Times : IProgress<EpochReport>, IComputingProgress
    {
        private TimeSpan _computing;

        public List<EpochMeasurement> Epochs { get; } = [];

        public void ReportComputing(TimeSpan time) => _computing = time;

        public void Report(EpochReport value) => Epochs.Add(new EpochMeasurement(value.Seconds, _computing.TotalSeconds));
    }
}
