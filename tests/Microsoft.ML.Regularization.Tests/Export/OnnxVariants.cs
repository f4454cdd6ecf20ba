using Microsoft.ML.Regularization.Tests.Networks;
using static Microsoft.ML.Regularization.Tests.Networks.ArchitectureCase;

namespace Microsoft.ML.Regularization.Tests.Export;

/// <summary>Networks with every choice that changes what is computed at scoring.</summary>
internal static class OnnxVariants
{
    public static IEnumerable<ArchitectureCase> Architectures =>
    [
        .. from activation in Enum.GetValues<Activation>()
           from normalization in Enum.GetValues<Normalization>()
           select new ArchitectureCase(NetworkArchitecture.Mlp(8) with { Activation = activation, Normalization = normalization }, Numbers),
        .. Enum.GetValues<Activation>().Select(activation => new ArchitectureCase(NetworkArchitecture.RealMlp(activation) with { HiddenSizes = [8] }, Flagged)),
        new(NetworkArchitecture.ResidualMlp(8, 2) with { Normalization = Normalization.Layer, Activation = Activation.Mish }, Numbers),
        new(NetworkArchitecture.ResidualMlp(8, 2) with { Normalization = Normalization.None }, Numbers),
        new(NetworkArchitecture.RealMlp() with { HiddenSizes = [8], EmbedsNumbers = false }, Numbers, Category),
        new(NetworkArchitecture.TabM(3, 8) with { AveragesProbabilities = true }, Numbers),
        new(NetworkArchitecture.TabM(3, 8) with { AveragesProbabilities = false }, Numbers, Category),
        new(NetworkArchitecture.Mlp(8) with { NumericalEmbedding = NumericalEmbedding.PiecewiseLinear(bins: 1, size: 1) }, Flagged),
        new(NetworkArchitecture.Mlp(8) with { NumericalEmbedding = NumericalEmbedding.PiecewiseLinear(bins: 48, size: 1) }, Flagged),
        new(NetworkArchitecture.Mlp(8), Sparse),
        new(NetworkArchitecture.ConvNet(4, 5) with { Pooling = Pooling.Average, Normalization = Normalization.Layer, Activation = Activation.SiLU }, Images),
        new(NetworkArchitecture.ConvNet(4, 5) with { Pooling = Pooling.Stride, Normalization = Normalization.None, Flattens = true, HiddenSize = 6 }, Images),
        new(NetworkArchitecture.ConvNet(4, 5) with { Flattens = true }, Images),
        new(NetworkArchitecture.ResNet(8, 4) with { Normalization = Normalization.Layer }, Images),
        new(NetworkArchitecture.ResNet(8, 4, preActivation: true) with { Normalization = Normalization.None }, Images),
        new(NetworkArchitecture.VisionTransformer(patch: 2, width: 8, depth: 1, heads: 2) with { Pooling = TokenPooling.Mean }, Images),
        new(NetworkArchitecture.TextTransformer(width: 8, depth: 1, heads: 4, maxLength: 8) with { Pooling = TokenPooling.ClassToken, MlpRatio = 1.5 }, Texts),
        new(NetworkArchitecture.TextTransformer(width: 8, depth: 1, heads: 1, maxLength: 3), Texts),
        new(NetworkArchitecture.Bert(width: 8, depth: 1, heads: 2, maxLength: 3) with { Pooling = TokenPooling.FirstToken }, Texts),
        new(NetworkArchitecture.Bert(width: 8, depth: 1, heads: 2, maxLength: 3) with { Pooling = TokenPooling.UnitMean }, Texts),
        new(NetworkArchitecture.Bert(width: 8, depth: 1, heads: 2, maxLength: 1), Texts),
        new(NetworkArchitecture.TextTransformer(width: 8, depth: 1, heads: 2, maxLength: 8) with { Pooling = TokenPooling.FirstToken, NormalizationEpsilon = 0.1 }, Texts),
        .. from pooling in Enum.GetValues<SequencePooling>()
           from column in new[] { Texts, Sequences }
           select new ArchitectureCase(NetworkArchitecture.Gru(5, layers: 2) with { Pooling = pooling, MaxLength = 7 }, column),
        .. from pooling in Enum.GetValues<SequencePooling>()
           from column in new[] { Texts, Sequences }
           select new ArchitectureCase(NetworkArchitecture.Lstm(5, layers: 2, bidirectional: true) with { Pooling = pooling, MaxLength = 4 }, column),
    ];

    /// <summary>Recipes whose networks score otherwise than they were trained.</summary>
    public static IEnumerable<(ArchitectureCase Architecture, RegularizationRecipe Recipe)> Recipes =>
    [
        (new(NetworkArchitecture.ResidualMlp(8, 3), Numbers), Depth),
        (new(NetworkArchitecture.ResNet(8, 4), Images), Depth),
        (new(new ImageNetResNetArchitecture { Blocks = [1, 1], Width = 4 }, Images), Depth),
        (new(NetworkArchitecture.Bert(width: 8, depth: 2, heads: 2, maxLength: 8), Texts), Depth),
        (new(NetworkArchitecture.TextTransformer(width: 8, depth: 2, heads: 2, maxLength: 8), Texts), Depth),
        (new(NetworkArchitecture.Mlp(8, 8), Numbers), RegularizationRecipe.None with { Dropout = new DropConnect(0.3) }),
        (new(NetworkArchitecture.Mlp(8, 8), Numbers), RegularizationRecipe.None with { Dropout = new VariationalDropout() }),
        (new(NetworkArchitecture.Lstm(5), Texts), RegularizationRecipe.None with { Dropout = new DropConnect(0.3) }),
    ];

    private static RegularizationRecipe Depth => RegularizationRecipe.None with
    {
        StochasticDepth = new StochasticDepth { SurvivalProbability = 0.5, Form = StochasticDepthForm.Original },
    };
}
