using Microsoft.ML.Regularization.Benchmarks.Training;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Benchmarks.Scoring;

/// <summary>A network of ten classes that scores random rows: by the library and by TorchSharp's own layers.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Architecture">The library's network.</param>
/// <param name="Dimensions">Those of a row.</param>
/// <param name="Rows">Rows that are scored.</param>
/// <param name="CreatePlain">The same network of TorchSharp's own layers: rows of features to logits.</param>
internal sealed record ScoringWorkload(
    string Name, NetworkArchitecture Architecture, int[] Dimensions, int Rows, Func<nn.Module<Tensor, Tensor>> CreatePlain)
{
    public const int Classes = 10;
    public const int OneRowWorkloads = 3;

    /// <summary>The first ones are those of single predictions.</summary>
    public static IReadOnlyList<ScoringWorkload> All { get; } =
    [
        new("MLP 64-256x3-10", NetworkArchitecture.Mlp(256, 256, 256), [64], 1_000_000, () => nn.Sequential(
            nn.Linear(64, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, Classes))),
        new("RealMlp of 20 numbers, 256x3-10", NetworkArchitecture.RealMlp(), [20], 500_000, () => new PlainRealMlp(20, 256, 3)),
        new(
            "TabM of 20 numbers, 16 members, 256x2-10", NetworkArchitecture.TabM() with { NumericalEmbedding = null }, [20], 100_000,
            () => new PlainTabM(20, 16, 256)),
        new("LSTM of 128 units, 28 steps of 28", NetworkArchitecture.Lstm(128), [28, 28], 20_000, () => new PlainRecurrent(NetworkArchitecture.Lstm(128), 28)),
        new("ConvNet 32-64 on 1x28x28", NetworkArchitecture.ConvNet(32, 64) with { Normalization = Normalization.Batch }, [1, 28, 28], 5_000, PlainConvNet),
        new("ViT 32x32, patches of 4x4, width 128, 4 blocks", Vision.Architecture, [3, 32, 32], 2_000, Vision.CreatePlain),
    ];

    private static VisionTransformerWorkload Vision => new("", new ImageShape(32, 32, 3), Patch: 4, Width: 128, Depth: 4, Heads: 4, BatchSize: 1, Rows: 1);

    public int Features => Dimensions.Aggregate((product, size) => product * size);

    private static nn.Module<Tensor, Tensor> PlainConvNet() => nn.Sequential(
        nn.Unflatten(1, [1, 28, 28]),
        nn.Conv2d(1, 32, 3, padding: 1, bias: false), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding: 1, bias: false), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(2),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, Classes));
}
