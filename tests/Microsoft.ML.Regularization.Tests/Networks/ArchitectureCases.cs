using Microsoft.ML.Regularization.Tests.Networks.Custom;
using static Microsoft.ML.Regularization.Tests.Networks.ArchitectureCase;

namespace Microsoft.ML.Regularization.Tests.Networks;

/// <summary>A line for every architecture, with data that it can read: what <see cref="ArchitectureProtocol"/> runs.</summary>
internal static class ArchitectureCases
{
    public static IReadOnlyList<ArchitectureCase> All { get; } =
    [
        new(NetworkArchitecture.Mlp(16, 16), Numbers),
        new(NetworkArchitecture.Mlp(16) with { Activation = Activation.SELU }, Numbers),
        new(NetworkArchitecture.ResidualMlp(12, 2), Numbers),
        new(NetworkArchitecture.Mlp(16), Numbers, Category),
        new(NetworkArchitecture.ResidualMlp(12, 2), Numbers, Category),
        new(NetworkArchitecture.RealMlp(Activation.SELU) with { HiddenSizes = [16, 16] }, Numbers, Category) { LearningRate = 0.04 },
        new(NetworkArchitecture.Mlp(16), null, Category) { LearningRate = 0.03 },
        new(NetworkArchitecture.ResidualMlp(12, 2), null, Category) { LearningRate = 0.03 },
        new(NetworkArchitecture.RealMlp(Activation.SELU) with { HiddenSizes = [16, 16] }, null, Category) { LearningRate = 0.04 },
        new(NetworkArchitecture.ConvNet(6, 8), Images),
        new(NetworkArchitecture.ResNet(8, 4), Images),
        new(NetworkArchitecture.ResNet(8, 4, preActivation: true), Images),
        new(NetworkArchitecture.VisionTransformer(patch: 4, width: 16, depth: 2, heads: 2), Images),
        new(NetworkArchitecture.TextTransformer(width: 16, depth: 2, heads: 2, maxLength: 8), Texts),
        new(NetworkArchitecture.Lstm(8), Sequences),
        new(NetworkArchitecture.Lstm(8) with { MaxLength = 8 }, Texts),
        new(NetworkArchitecture.Gru(8, layers: 2, bidirectional: true), Sequences),
        new(NetworkArchitecture.Custom(new NormalizedNetwork()), Numbers),
        new(NetworkArchitecture.Custom(new ConvolutionNetwork()), Images),
        new(NetworkArchitecture.Custom(new StepsNetwork()), Sequences),
        new(NetworkArchitecture.Custom(new WordsNetwork()), Texts) { LearningRate = 0.05 },
        new(NetworkArchitecture.Mlp(16) with { NumericalEmbedding = NumericalEmbedding.PiecewiseLinear(bins: 6, size: 4) }, Numbers, Category),
        new(NetworkArchitecture.ResidualMlp(12, 2) with { NumericalEmbedding = NumericalEmbedding.PiecewiseLinear(bins: 5, size: 3) }, Numbers),
        new(NetworkArchitecture.Mlp(16) with { NumericalEmbedding = NumericalEmbedding.Periodic() }, Numbers, Category),
        new(
            NetworkArchitecture.RealMlp(Activation.SELU) with { HiddenSizes = [16, 16], NumericalEmbedding = NumericalEmbedding.PiecewiseLinear(bins: 6, size: 4) },
            Numbers, Category) { LearningRate = 0.04 },
        new(NetworkArchitecture.TabM(4, 16, 16) with { NumericalEmbedding = NumericalEmbedding.PiecewiseLinear(bins: 6, size: 4) }, Numbers, Category),
        new(NetworkArchitecture.TabM(3, 16) with { NumericalEmbedding = null, Activation = Activation.SELU }, Numbers),
        new(NetworkArchitecture.RealMlp(Activation.SELU) with { HiddenSizes = [16, 16] }, Flagged, Category) { LearningRate = 0.04 },
        new(NetworkArchitecture.TabM(3, 16) with { NumericalEmbedding = NumericalEmbedding.PiecewiseLinear(bins: 6, size: 4) }, Flagged),
        new(new ImageNetResNetArchitecture { Blocks = [1, 2], Width = 4 }, Images),
        new(new ImageNetResNetArchitecture { Blocks = [1, 1], Width = 3, HasBottlenecks = true, Resolution = 12 }, Images),
        new(NetworkArchitecture.Bert(width: 16, depth: 2, heads: 2, maxLength: 4), Texts),
    ];

    /// <summary>No noise, every kind of dropout, and stochastic depth, each alone.</summary>
    public static IReadOnlyList<RegularizationRecipe> Noises { get; } =
    [
        RegularizationRecipe.None,
        .. typeof(Dropout).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Dropout)) && !type.IsAbstract)
            .Select(type => RegularizationRecipe.None with { Dropout = Create(type) }),
        RegularizationRecipe.None with { Dropout = new DropConnect(0.2) { PerExample = true } },
        RegularizationRecipe.None with { StochasticDepth = new StochasticDepth { SurvivalProbability = 0.6 } },
    ];

    // Kinds that are told how much to drop, and those that learn it.
    private static Dropout Create(Type kind) =>
        (Dropout)(kind.GetConstructor([typeof(double)]) is { } constructor ? constructor.Invoke([0.2]) : Activator.CreateInstance(kind)!);
}
