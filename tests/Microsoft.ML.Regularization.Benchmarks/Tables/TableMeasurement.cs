using System.Diagnostics;
using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Benchmarks.Tables;

/// <summary>What one process measured, of the median epoch.</summary>
/// <param name="RowsPerSecond">Rows trained on.</param>
/// <param name="ProcessorMicroseconds">What a row takes of the processors, whatever else runs on them.</param>
/// <param name="BytesPerRow">Managed bytes allocated for each row.</param>
internal sealed record TableMeasurement(double RowsPerSecond, double ProcessorMicroseconds, double BytesPerRow)
{
    private const int WarmUpEpochs = 3;

    public static TableMeasurement Of(TableWorkload workload, double seconds)
    {
        var (wall, processor, bytes) = (new List<double>(), new List<double>(), new List<double>());
        var (clock, process) = (Stopwatch.StartNew(), Process.GetCurrentProcess());
        using var end = new CancellationTokenSource();
        using var model = new MLContext(seed: 1).MulticlassClassification.Trainers.NeuralNetwork(workload.Options with
        {
            MaxEpochs = int.MaxValue,
            CancellationToken = end.Token,
            Progress = new Callback(() =>
            {
                process.Refresh();
                wall.Add(clock.Elapsed.TotalSeconds);
                processor.Add(process.TotalProcessorTime.TotalSeconds);
                bytes.Add(GC.GetTotalAllocatedBytes());
                if (wall.Count > WarmUpEpochs + 2 && wall[^1] - wall[WarmUpEpochs] > seconds)
                    end.Cancel();
            }),
        }).Fit(View(workload.Numbers));
        return new TableMeasurement(TableWorkload.Rows / Median(wall), 1e6 * Median(processor) / TableWorkload.Rows, Median(bytes) / TableWorkload.Rows);
    }

    private static double Median(List<double> ends)
    {
        var epochs = ends.Zip(ends.Skip(1), (begin, end) => end - begin).Skip(WarmUpEpochs - 1).Order().ToList();
        return epochs[epochs.Count / 2];
    }

    private static IDataView View(int numbers)
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, TableWorkload.Rows).Select(_ => new Row
        {
            Features = [.. Enumerable.Range(0, numbers).Select(_ => random.NextSingle())],
            Label = (uint)random.Next(2),
        }).ToList();
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, numbers);
        schema[nameof(Row.Label)].ColumnType = new KeyDataViewType(typeof(uint), 2);
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
