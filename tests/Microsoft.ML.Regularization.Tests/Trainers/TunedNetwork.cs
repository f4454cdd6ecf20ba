using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Pretrained;

namespace Microsoft.ML.Regularization.Tests.Trainers;

/// <summary>Small networks that start from the weights of another one, as if these were published.</summary>
internal static class TunedNetwork
{
    private static readonly PixelScaling Pixels = new() { Mean = [0.5f], Deviation = [2] };

    public static ArchitectureCase Images { get; } = new(new ImageNetResNetArchitecture { Blocks = [1, 1], Width = 4 }, ArchitectureCase.Images);

    public static ArchitectureCase Texts { get; } = new(NetworkArchitecture.Bert(width: 8, depth: 2, heads: 2, maxLength: 6), ArchitectureCase.Texts);

    public static IReadOnlyList<ArchitectureCase> Both => [Images, Texts];

    /// <summary>The body of a network that was trained on other rows.</summary>
    public static WeightFile Publish(ArchitectureCase own)
    {
        var other = own.Trainer(LearningTask.Regression, RegularizationRecipe.None, epochs: 2).Fit(new MLContext().Data.LoadFromEnumerable(InputExample.Of(40, seed: 5)));
        return WeightFile.Safetensors(other.GetNeuralNetwork().Outcome.Weights.Tensors.Where(tensor =>
            !tensor.Name.StartsWith("output.", StringComparison.Ordinal) && !tensor.Name.StartsWith("scaling.", StringComparison.Ordinal)));
    }

    /// <summary>What is in such a file.</summary>
    public static NetworkWeights Read(WeightFile file)
    {
        using var published = PublishedFile.Open(file.Path, isOnnx: false);
        return new NetworkWeights([.. published.Tensors.Select(tensor => new NetworkTensor(tensor.Name, tensor.Shape, tensor.Read()))]);
    }

    public static NeuralNetworkOptions Options(ArchitectureCase own, WeightFile file, FineTuning tuning, RegularizationRecipe? recipe) => own.Options(RegularizationRecipe.None, epochs: 3) with
    {
        Recipe = recipe,
        Pretrained = PretrainedWeights.FromSafetensors(file.Path) with { Pixels = own == Images ? Pixels : null },
        FineTuning = tuning,
    };

    public static IEstimator<ITransformer> Trainer(NeuralNetworkOptions options, LearningTask task) => EveryTask.Trainer(new MLContext(seed: 2), task, options);
}
