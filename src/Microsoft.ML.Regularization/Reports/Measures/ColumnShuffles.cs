using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Reports;

/// <summary>Measures how much columns matter, by shuffling them.</summary>
internal static class ColumnShuffles
{
    /// <summary>Measures all columns that can be shuffled; those that change no prediction are left out, and the one that matters most is the first.</summary>
    /// <param name="host">The environment.</param>
    /// <param name="model">The model.</param>
    /// <param name="rows">Rows in a cache.</param>
    /// <param name="reader">Reads what the model makes of them.</param>
    /// <param name="shuffles">Of each column.</param>
    /// <param name="random">Draws them.</param>
    /// <param name="cancellation">Ends the measuring.</param>
    public static IReadOnlyList<ColumnImportance> Of(
        IHostEnvironment host, ITransformer model, IDataView rows, ScoreReader reader, int shuffles, Random random, CancellationToken cancellation)
    {
        var scored = model.Transform(rows);
        var labels = reader.ReadLabels(scored, cancellation);
        var usual = reader.Read(scored, int.MaxValue, cancellation, labels);
        var loss = usual.MeanLoss();
        var found = new List<ColumnImportance>();
        foreach (var column in rows.Schema.Where(column => !column.IsHidden && CacheCheckpoint.Holds([column])))
        {
            var (increases, matters) = (new double[shuffles], false);
            for (var i = 0; i < shuffles; i++)
            {
                var order = Enumerable.Range(0, labels.Length).ToArray();
                random.Shuffle(order);
                var shuffled = reader.Read(model.Transform(new ShuffledColumnView(host, rows, column.Name, order)), int.MaxValue, cancellation, labels);
                increases[i] = shuffled.MeanLoss() - loss;
                matters |= !shuffled.Predictions.AsSpan().SequenceEqual(usual.Predictions);
            }

            if (!matters)
                continue;
            var mean = increases.Average();
            found.Add(new ColumnImportance(column.Name, mean, Math.Sqrt(increases.Sum(increase => (increase - mean) * (increase - mean)) / (shuffles - 1))));
        }

        return [.. found.OrderByDescending(column => column.Increase)];
    }
}
