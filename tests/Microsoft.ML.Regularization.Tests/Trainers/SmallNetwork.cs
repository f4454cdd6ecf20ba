using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Trainers;

/// <summary>A network that learns the clusters of <see cref="Example"/> in a moment, and what tests ask of it.</summary>
internal static class SmallNetwork
{
    public static NeuralNetworkOptions Options { get; } = new()
    {
        Architecture = NetworkArchitecture.Mlp(16, 16),
        Recipe = RegularizationRecipe.None,
        MaxEpochs = 15,
        LearningRate = 0.01,
    };

    /// <summary>For networks that were made, not trained.</summary>
    public static TrainingRecord Record { get; } = new()
    {
        Loss = LossFunction.CrossEntropy,
        Optimizer = Optimizer.Adam(),
        LearningRate = 0.01,
        Schedule = LearningRateSchedule.Constant,
        BatchSize = 64,
        MaxEpochs = 1,
        InputScaling = InputScaling.None,
        MissingValues = MissingValues.Impute,
        Seed = 1,
        LibraryVersion = TrainingRecord.ThisVersion,
    };

    public static IDataView Rows(this MLContext ml, int count, int seed = 1) => ml.Data.LoadFromEnumerable(Example.Clusters(count, seed));

    /// <summary>Calls back when the rows have been read.</summary>
    public static IDataView RowsThatEndWith(this MLContext ml, Action action, int count)
    {
        return ml.Data.LoadFromEnumerable(Read());

        IEnumerable<Example> Read()
        {
            foreach (var row in Example.Clusters(count))
                yield return row;
            action();
        }
    }

    public static NeuralNetworkMulticlassTransformer Fit(this MLContext ml, NeuralNetworkOptions options, IDataView view) =>
        ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(view);

    public static List<float[]> Scores(IDataView scored) => [.. scored.GetColumn<float[]>("Score")];

    public static List<float[]> Weights(NeuralNetworkMulticlassModelParameters model) => [.. model.Weights.Select(tensor => tensor.Values.ToArray())];

    public static void AssertEqual(List<float[]> expected, List<float[]> actual)
    {
        Assert.HasCount(expected.Count, actual);
        for (var i = 0; i < expected.Count; i++)
            CollectionAssert.AreEqual(expected[i], actual[i]);
    }

    /// <summary>Calls back on the training thread.</summary>
    public sealed class Callback(Action<EpochReport> report) : IProgress<EpochReport>
    {
        public void Report(EpochReport value) => report(value);
    }
}
