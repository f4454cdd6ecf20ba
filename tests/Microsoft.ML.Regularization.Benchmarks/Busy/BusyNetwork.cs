namespace Microsoft.ML.Regularization.Benchmarks.Busy;

/// <summary>A network that is trained beside others.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Architecture">The network.</param>
/// <param name="Rows">Rows of an epoch.</param>
/// <param name="Epochs">Epochs of a fit.</param>
/// <param name="Dimensions">Those of a row.</param>
internal sealed record BusyNetwork(string Name, NetworkArchitecture Architecture, int Rows, int Epochs, params int[] Dimensions)
{
    /// <summary>All of them; each trains a second or two by itself.</summary>
    public static IReadOnlyList<BusyNetwork> All { get; } =
    [
        new("ConvNet", NetworkArchitecture.ConvNet(16, 32), 2000, 3, 1, 28, 28),
        new("Mlp", NetworkArchitecture.Mlp(256, 256, 256), 20_000, 5, 64),
        new("ResidualMlp", NetworkArchitecture.ResidualMlp(), 10_000, 3, 20),
        new("RealMlp", NetworkArchitecture.RealMlp(), 20_000, 5, 20),
        new("TabM", NetworkArchitecture.TabM(), 4_000, 2, 20),
        new("ResNet", NetworkArchitecture.ResNet(8), 500, 2, 3, 32, 32),
        new("VisionTransformer", NetworkArchitecture.VisionTransformer(), 500, 2, 3, 32, 32),
        new("Lstm", NetworkArchitecture.Lstm(), 2000, 2, 28, 28),
        new("Gru", NetworkArchitecture.Gru(), 2000, 2, 28, 28),
    ];

    public NeuralNetworkOptions Options => new()
    {
        Architecture = Architecture,
        ImageShape = Dimensions is [var channels, var height, var width] ? new ImageShape(height, width, channels) : null,
        Recipe = RegularizationRecipe.None with { WeightDecay = 0.01, LabelSmoothing = 0.1 },
        InputScaling = InputScaling.None,
        BatchSize = 64,
        LearningRate = 1e-3,
        MaxEpochs = Epochs,
        Seed = 1,
    };
}
