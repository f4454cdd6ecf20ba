using Microsoft.ML.Regularization.Benchmarks.Efforts;

namespace Microsoft.ML.Regularization.Benchmarks.Export;

/// <summary>A network of a table of 20 numbers and two classes, trained for an epoch, which is written as an ONNX file.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Architecture">The network.</param>
internal sealed record ExportWorkload(string Name, NetworkArchitecture Architecture)
{
    private const int Rows = 300;
    private const int Numbers = 20;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ExportWorkload> All { get; } =
    [
        new("Mlp(256, 256)", NetworkArchitecture.Mlp(256, 256)),
        new("Mlp(1024, 1024)", NetworkArchitecture.Mlp(1024, 1024)),
        new("RealMlp", NetworkArchitecture.RealMlp()),
        new("TabM", NetworkArchitecture.TabM()),
    ];

    /// <summary>The network.</summary>
    public TrainedNetwork Train()
    {
        var options = new NeuralNetworkOptions { Architecture = Architecture, MaxEpochs = 1, Recipe = RegularizationRecipe.None, Seed = 1 };
        return new MLContext(seed: 1).BinaryClassification.Trainers.NeuralNetwork(options).Fit(new EffortWorkload(Name, options, Rows, Numbers, Classes: 2).View()).GetNeuralNetwork();
    }
}
