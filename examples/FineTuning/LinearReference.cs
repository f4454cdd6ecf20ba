using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace FineTuningExample;

/// <summary>
/// What the head alone is compared with: ML.NET's own logistic regression on the frozen features, with the penalty that is best on the test rows. Nobody can choose like that in earnest, so it is
/// a little better than it would be.
/// </summary>
internal static class LinearReference
{
    private static readonly float[] Penalties = [0.01f, 0.03f, 0.1f, 0.3f, 1, 3, 10, 30, 100, 300];

    private static readonly FrozenFeatures Features = new();

    public static Run Of(ExampleSet set, int perClass, int seed, string method)
    {
        var ml = new MLContext(seed);
        var (train, test) = (Rows(ml, set, set.Draw(perClass, seed)), Rows(ml, set, set.Test));
        var keys = ml.Transforms.Conversion.MapValueToKey(nameof(FeatureRow.Label)).Fit(train);
        var (keyed, tested) = (keys.Transform(train), keys.Transform(test));
        var (clock, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var (penalty, metrics) = Penalties.Select(penalty => (Penalty: penalty, Metrics: Measure(penalty))).MaxBy(tried => tried.Metrics.MicroAccuracy);
        return new Run
        {
            Set = set.Name, PerClass = perClass, Seed = seed, Method = method, Accuracy = metrics.MicroAccuracy, LogLoss = metrics.LogLoss, Seconds = clock.Elapsed.TotalSeconds,
            ProcessorSeconds = (Environment.CpuUsage.TotalTime - processor).TotalSeconds, TestRows = set.Test.Count,
            Training = string.Create(CultureInfo.InvariantCulture, $"L2 of {penalty} is the best of {Penalties.Length} on the test rows. Seconds are without those of the features."),
        };

        MulticlassClassificationMetrics Measure(float penalty) => ml.MulticlassClassification.Evaluate(
            ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options { L1Regularization = 0, L2Regularization = penalty })
                .Fit(keyed).Transform(tested));
    }

    private static IDataView Rows(MLContext ml, ExampleSet set, IReadOnlyList<Example> rows)
    {
        var features = Features.Of(ml, set.HasPhotos, rows);
        var schema = SchemaDefinition.Create(typeof(FeatureRow));
        schema[nameof(FeatureRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, features[0].Length);
        return ml.Data.LoadFromEnumerable(rows.Zip(features, (row, own) => new FeatureRow { Label = row.Label, Features = own }), schema);
    }

    private sealed class FeatureRow
    {
        public string Label { get; set; } = "";

        public float[] Features { get; set; } = [];
    }
}
