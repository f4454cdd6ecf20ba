using static Microsoft.ML.Regularization.Tests.Refusal;
using static Microsoft.ML.Regularization.Tests.RefusedTraining;

namespace Microsoft.ML.Regularization.Tests.Networks;

/// <summary>Architectures out of range, and those that do not fit the rows.</summary>
[TestClass]
public sealed class ArchitectureRefusalTests
{
    private static IEnumerable<object[]> Cases =>
    [
        Case("a single row under batch normalization", () => Fit(Quick with { BatchSize = 2, Architecture = NetworkArchitecture.Mlp(4) with { Normalization = Normalization.Batch }, LabelColumnName = "Soft" }, Example.Clusters(1)), "Batch normalization", "at least two training rows"),
        Case("BatchSize under batch normalization", () => Trainer(Quick with { BatchSize = 1, Architecture = NetworkArchitecture.Mlp(4) with { Normalization = Normalization.Batch } }), "BatchSize", "at least 2", "1"),
        Case("images without a column", () => Trainer(Quick with { FeatureColumnName = null, CategoricalColumnNames = ["Kind"], Architecture = NetworkArchitecture.ConvNet(4) }), "FeatureColumnName is null", "ConvNet", "reads no categories", "NetworkArchitecture.Mlp"),
        Case("texts without a column", () => Trainer(Quick with { FeatureColumnName = null, CategoricalColumnNames = ["Kind"], Architecture = NetworkArchitecture.TextTransformer() }), "FeatureColumnName is null", "TextTransformer", "reads no categories"),
        Case("HiddenSizes", () => Trainer(Quick with { Architecture = NetworkArchitecture.Mlp(8, 0) }), "HiddenSizes[1]", "from 1 to 65536", "0"),
        Case("HiddenSizes beyond memory", () => Fit(Quick with { Architecture = NetworkArchitecture.Mlp(65536, 65536) }), "HiddenSizes", "4295426048 weights", "at most 500000000"),
        Case("HiddenSizes not set", () => Trainer(Quick with { Architecture = new MlpArchitecture { HiddenSizes = null! } }), "HiddenSizes"),
        Case("Activation", () => Trainer(Quick with { Architecture = NetworkArchitecture.Mlp(8) with { Activation = (Activation)9 } }), "Activation", "ReLU, GELU, SiLU, Tanh, SELU", "9"),
        Case("Normalization", () => Trainer(Quick with { Architecture = NetworkArchitecture.Mlp(8) with { Normalization = (Normalization)9 } }), "Normalization", "None, Batch, Layer", "9"),
        Case("Width", () => Trainer(Quick with { Architecture = NetworkArchitecture.ResidualMlp(0) }), "Width", "from 1 to 65536", "0"),
        Case("Width beyond memory", () => Fit(Quick with { Architecture = NetworkArchitecture.ResidualMlp(65536) }), "Width", "weights", "at most 500000000"),
        Case("Blocks", () => Trainer(Quick with { Architecture = NetworkArchitecture.ResidualMlp(blocks: 0) }), "Blocks", "from 1 to 1024", "0"),
        Case("HiddenFactor", () => Trainer(Quick with { Architecture = NetworkArchitecture.ResidualMlp(hiddenFactor: 17) }), "HiddenFactor", "from 0.0625 to 16", "17"),
        Case("Activation of a residual network", () => Trainer(Quick with { Architecture = NetworkArchitecture.ResidualMlp() with { Activation = (Activation)9 } }), "Activation", "ReLU, GELU, SiLU, Tanh", "9"),
        Case("Normalization of a residual network", () => Trainer(Quick with { Architecture = NetworkArchitecture.ResidualMlp() with { Normalization = (Normalization)9 } }), "Normalization", "None, Batch, Layer", "9"),
        Case("BatchSize of a residual network", () => Trainer(Quick with { BatchSize = 1, Architecture = NetworkArchitecture.ResidualMlp() }), "BatchSize", "at least 2", "1"),
        Case("Variational dropout of convolutions", () => Trainer(Quick with { Architecture = NetworkArchitecture.ConvNet(8), Recipe = RegularizationRecipe.None with { Dropout = new VariationalDropout() } }), "Dropout is VariationalDropout", "ConvNet(8)", "convolutions", "SpatialDropout"),
        Case("Stochastic depth of a plain convolutional network", () => Trainer(Quick with { Architecture = NetworkArchitecture.ConvNet(8), Recipe = RegularizationRecipe.None with { StochasticDepth = new() } }), "StochasticDepth", "ConvNet(8)", "no residual blocks"),
        Case("Channels", () => Trainer(Quick with { Architecture = NetworkArchitecture.ConvNet(8, 0) }), "Channels[1]", "1 to 4096", "0"),
        Case("No channels", () => Trainer(Quick with { Architecture = NetworkArchitecture.ConvNet() }), "Channels", "at least one block"),
        Case("HiddenSize", () => Trainer(Quick with { Architecture = NetworkArchitecture.ConvNet(8) with { HiddenSize = -1 } }), "HiddenSize", "0 to 65536", "-1"),
        Case("Pooling", () => Trainer(Quick with { Architecture = NetworkArchitecture.ConvNet(8) with { Pooling = (Pooling)9 } }), "Pooling", "Max, Average, Stride", "9"),
        Case("Depth", () => Trainer(Quick with { Architecture = NetworkArchitecture.ResNet(18) }), "Depth", "18", "14 or 20"),
        Case("Width of a residual network for images", () => Trainer(Quick with { Architecture = NetworkArchitecture.ResNet(width: 0) }), "Width", "1 to 1024", "0"),
        Case("Images of unknown shape", () => Fit(Quick with { Architecture = NetworkArchitecture.ConvNet(8) }), "ImageShape", "must be given", "'Features'"),
        Case("Images smaller than the poolings", () => Fit(Quick with { Architecture = NetworkArchitecture.ConvNet(8, 8), ImageShape = new ImageShape(2, 2) }), "Channels", "2 times", "at least 4 x 4", "2 x 2"),
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void An_error_names_what_is_wrong(string name, Action action, string[] fragments) => Check(name, action, fragments);
}
