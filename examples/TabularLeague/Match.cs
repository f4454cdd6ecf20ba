using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace TabularLeague;

/// <summary>One cell with the rows of one seed: fits contestants and measures them on the test rows.</summary>
internal sealed class Match(Cell cell, TableRows rows, int seed)
{
    private readonly Split _split = Split.Of(cell.Table.Name, rows.Count, cell.Rows, seed);

    public Run Play(Entry entry)
    {
        var ml = new MLContext(seed);
        var prepared = entry.TakesColumns ? null : new PreparedFeatures(rows, _split.Training);
        var training = LeagueRow.View(ml, rows, _split.Training, prepared);
        var test = LeagueRow.View(ml, rows, _split.Test, prepared);
        var categories = entry.TakesColumns ? LeagueRow.CategoryColumns.Take(cell.Table.Categories.Length).ToArray() : [];

        var run = new Run { Table = cell.Table.Name, Rows = cell.Rows, Seed = seed, Trainer = entry.Name, Settings = entry.Contestant.Settings };
        try
        {
            using var process = Process.GetCurrentProcess();
            var processorBefore = process.TotalProcessorTime;
            var clock = Stopwatch.StartNew();
            var model = Pipeline(ml, entry, training, categories).Fit(training);
            run = run with { Seconds = clock.Elapsed.TotalSeconds };
            process.Refresh();
            run = run with { ProcessorSeconds = (process.TotalProcessorTime - processorBefore).TotalSeconds };
            var scored = Measure(run, ml, model.Transform(test));
            (model as IDisposable)?.Dispose();
            return scored;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A contestant that fails is last; the league goes on.
            return run with { Failure = $"{exception.GetType().Name}: {exception.Message}" };
        }
    }

    private IEstimator<ITransformer> Pipeline(MLContext ml, Entry entry, IDataView training, string[] categories)
    {
        if (entry.Contestant.CreateFor is { } create)
            return create(ml, training);
        var trainer = entry.Contestant.Create(ml, cell.Table.Predicted);
        return categories.Length == 0 ? trainer : ml.Transforms.Conversion.MapValueToKey([.. categories.Select(name => new InputOutputColumnPair(name))]).Append(trainer);
    }

    private Run Measure(Run run, MLContext ml, IDataView scored)
    {
        if (cell.Table.Predicted == Prediction.Number)
        {
            float[] values = [.. scored.GetColumn<float>("Score")];
            return run with { Rmse = Known(Metrics.RootMeanSquaredError(values, [.. _split.Test.Select(row => rows.Labels[row])]), "RMSE") };
        }

        int[] classes = [.. _split.Test.Select(row => (int)rows.Labels[row])];
        if (cell.Table.Predicted == Prediction.Class)
        {
            float[][] scores = [.. scored.GetColumn<float[]>("Score")];
            return run with { Error = Metrics.Error(scores, classes), LogLoss = Known(Metrics.LogLoss(scores, classes), "log-loss") };
        }

        var predictions = ml.Data.CreateEnumerable<BinaryPrediction>(scored, reuseRowObject: false).ToList();
        float[][] probabilities = [.. predictions.Select(row => new[] { 1 - row.Probability, row.Probability })];
        return run with
        {
            Error = predictions.Zip(classes).Average(row => row.First.PredictedLabel == (row.Second == 1) ? 0.0 : 1),
            LogLoss = Known(Metrics.LogLoss(probabilities, classes), "log-loss"),
            Auc = Metrics.AreaUnderRoc([.. predictions.Select(row => row.Probability)], [.. classes.Select(label => label == 1)]),
        };
    }

    private static double Known(double value, string name) =>
        double.IsFinite(value) ? value : throw new InvalidOperationException($"The {name} on the test rows is {value}.");

    private sealed class BinaryPrediction
    {
        public bool PredictedLabel { get; set; }

        public float Probability { get; set; }
    }
}
