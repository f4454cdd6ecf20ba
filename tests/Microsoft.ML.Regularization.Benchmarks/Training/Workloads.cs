namespace Microsoft.ML.Regularization.Benchmarks.Training;

/// <summary>What is measured.</summary>
internal static class Workloads
{
    public static IReadOnlyList<Workload> All { get; } =
    [
        new MlpWorkload("MLP 64-256x3-10, batch 128", 64, [256, 256, 256], 128, 32_768) { Dropout = 0.2 },
        new MlpWorkload("MLP 64-256x3-10, batch 128, no dropout", 64, [256, 256, 256], 128, 32_768),
        new MlpWorkload("MLP 64-256x3-10, batch 1024", 64, [256, 256, 256], 1024, 65_536) { Dropout = 0.2 },
        new MlpWorkload("MLP 784-1024-1024-10, batch 128", 784, [1024, 1024], 128, 8_192),
        new MlpWorkload("MLP 784-1024-1024-10, batch 1024", 784, [1024, 1024], 1024, 16_384),
        new RealMlpWorkload("RealMlp, 20 numbers, 256x3-10, batch 256", 20, [256, 256, 256], 256, 32_768),
        new ConvNetWorkload("CNN 28x28, 32-64-128 maps, batch 128", new ImageShape(28, 28), [32, 64, 128], 128, 1_024),
        new ResNetWorkload("ResNet-14 32x32, width 16, batch 128", new ImageShape(32, 32, 3), 14, 16, 128, 1_024),
        new VisionTransformerWorkload("ViT 32x32, patches of 4x4, width 128, 4 blocks, batch 64", new ImageShape(32, 32, 3), 4, 128, 4, 4, 64, 512),
        new RecurrentWorkload("GRU of 128 units, 64 steps of 64, batch 64", NetworkArchitecture.Gru(128), Steps: 64, Values: 64, BatchSize: 64, Rows: 2_048),
        new RecurrentWorkload("LSTM of 128 units, 64 steps of 64, batch 64", NetworkArchitecture.Lstm(128), Steps: 64, Values: 64, BatchSize: 64, Rows: 2_048),
        new TextWorkload(
            "LSTM of 64 units, texts of 5 to 40 words, batch 64", NetworkArchitecture.Lstm(64), Vocabulary: 5_000, LeastWords: 5, MostWords: 40, BatchSize: 64, Rows: 8_192),
        new TextWorkload(
            "Transformer of width 128, 2 blocks, texts of 5 to 40 words, batch 64", NetworkArchitecture.TextTransformer(maxLength: 40), Vocabulary: 5_000, LeastWords: 5, MostWords: 40,
            BatchSize: 64, Rows: 4_096),
    ];
}
