using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Benchmarks.Training;

/// <summary>Training as a user of ML.NET does it: a view of rows, a trainer, Fit.</summary>
internal static class LibraryTraining
{
    private const string RunningStatistics = "running_";

    public static Measurement Run(Workload workload, double seconds)
    {
        var ml = new MLContext(seed: 1);
        var view = workload.CreateView();
        var timer = new EpochTimer(workload.Rows, seconds);
        using var end = new CancellationTokenSource();
        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(workload.Options with
        {
            MaxEpochs = int.MaxValue,
            CancellationToken = end.Token,
            Progress = new Callback(() =>
            {
                timer.EndEpoch();
                if (timer.IsDone)
                    end.Cancel();
            }),
        }).Fit(view);
        var parameters = model.Model.Weights.Where(tensor => !tensor.Name.Contains(RunningStatistics, StringComparison.Ordinal));
        return timer.Result with { Parameters = parameters.Sum(tensor => tensor.Shape.Aggregate(1L, (product, size) => product * size)) };
    }

    /// <summary>Random rows of ten classes.</summary>
    public static IDataView View(int count, params int[] dimensions)
    {
        var random = new Random(1);
        var features = dimensions.Aggregate((product, size) => product * size);
        var rows = Enumerable.Range(0, count).Select(_ => new Row
        {
            Features = [.. Enumerable.Range(0, features).Select(_ => random.NextSingle())],
            Label = (uint)random.Next(Workload.Classes),
        }).ToList();
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, dimensions);
        schema[nameof(Row.Label)].ColumnType = new KeyDataViewType(typeof(uint), Workload.Classes);
        return new MLContext().Data.LoadFromEnumerable(rows, schema);
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public uint Label { get; set; }
    }

    private sealed class Callback(Action report) : IProgress<EpochReport>
    {
        public void Report(EpochReport value) => report();
    }
}
