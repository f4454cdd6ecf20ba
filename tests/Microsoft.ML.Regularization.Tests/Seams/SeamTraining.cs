using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Seams;

/// <summary>
/// Small trainings with toy members: kinds of things as somebody would add them, each in one file. They prove that a newcomer touches no more than
/// docs/contributing.md says. What only a member of the library can show, its name in files, is left to the protocols.
/// </summary>
internal static class SeamTraining
{
    public static NeuralNetworkOptions Options { get; } = SmallNetwork.Options with { LabelColumnName = nameof(Example.Target), MaxEpochs = 3, BatchSize = 20 };

    public static List<float[]> Weights(RegularizationRecipe recipe) => Weights(Options with { Recipe = recipe });

    public static List<float[]> Weights(NeuralNetworkOptions options) => EveryTask.Weights(Fit(options));

    public static NeuralNetworkRegressionTransformer Fit(NeuralNetworkOptions options)
    {
        var ml = new MLContext(seed: 1);
        return ml.Regression.Trainers.NeuralNetwork(options).Fit(ml.Rows(100));
    }

    public static void AssertSame(List<float[]> expected, List<float[]> actual) => SmallNetwork.AssertEqual(expected, actual);

    public static bool AreSame(List<float[]> left, List<float[]> right) =>
        left.Count == right.Count && left.Zip(right).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));
}
