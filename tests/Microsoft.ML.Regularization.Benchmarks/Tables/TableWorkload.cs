namespace Microsoft.ML.Regularization.Benchmarks.Tables;

/// <summary>A network to train on random rows of two classes.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Numbers">Numbers of a row.</param>
/// <param name="Options">Its training.</param>
internal sealed record TableWorkload(string Name, int Numbers, NeuralNetworkOptions Options)
{
    public const int Rows = 8192;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TableWorkload> All { get; } =
    [
        .. new[] { 8, 20, 100 }.Select(numbers => Of("RealMlp", numbers, NetworkArchitecture.RealMlp())),
        Of("RealMlp, Mish", 20, new RealMlpArchitecture { Activation = Activation.Mish }),
        Of("Mlp", 20, NetworkArchitecture.Mlp(256, 256, 256)),
        Of("Mlp, SiLU", 20, new MlpArchitecture { HiddenSizes = [256, 256, 256], Activation = Activation.SiLU }),
        Of("Mlp, narrow", 20, NetworkArchitecture.Mlp(64, 32)),
        Of("Mlp, batch 64", 20, NetworkArchitecture.Mlp(128, 64), batch: 64),
        Of("Mlp, batch 1024", 64, NetworkArchitecture.Mlp(256, 256, 256), batch: 1024),
        Of("TabM", 20, NetworkArchitecture.TabM()),
        Of("TabM, batch 32", 8, NetworkArchitecture.TabM(), batch: 32),
        Of("Mlp, wide", 784, NetworkArchitecture.Mlp(1024, 1024), batch: 128),
        Of("Mlp, batch normalization", 20, new MlpArchitecture { HiddenSizes = [256, 256, 256], Normalization = Normalization.Batch }),
        Of("Mlp, layer normalization", 20, new MlpArchitecture { HiddenSizes = [256, 256, 256], Normalization = Normalization.Layer }),
        Of("ResidualMlp", 20, NetworkArchitecture.ResidualMlp()),
        Of("ResidualMlp, SiLU, layer normalization", 20, NetworkArchitecture.ResidualMlp() with { Activation = Activation.SiLU, Normalization = Normalization.Layer }),
        Of("ResidualMlp, no normalization", 20, NetworkArchitecture.ResidualMlp() with { Normalization = Normalization.None }),
    ];

    private static TableWorkload Of(string name, int numbers, NetworkArchitecture architecture, int batch = 256) => new(name, numbers, new NeuralNetworkOptions
    {
        Architecture = architecture,
        Recipe = RegularizationRecipe.None with { WeightDecay = 0.02, LabelSmoothing = 0.1, Dropout = new StandardDropout(0.15) },
        Optimizer = Optimizer.Adam(beta2: 0.95),
        Schedule = LearningRateSchedule.Constant,
        InputScaling = InputScaling.RobustSmoothClip,
        LearningRate = 1e-3,
        BatchSize = batch,
        Seed = 1,
    });
}
