namespace Microsoft.ML.Regularization.CudaCheck;

/// <summary>An architecture, and the columns of <see cref="CheckRow"/> that it reads.</summary>
/// <param name="Architecture">Of about the size that users train.</param>
/// <param name="FeatureColumnName">Its features.</param>
/// <param name="CategoricalColumnNames">Its categories.</param>
internal sealed record CheckCase(NetworkArchitecture Architecture, string FeatureColumnName, params string[] CategoricalColumnNames)
{
    /// <summary>So high that weights move, and so low that rounding does not grow. Of the comparison.</summary>
    public double LearningRate { get; init; } = 0.02;

    /// <summary>Each architecture at least once.</summary>
    public static IReadOnlyList<CheckCase> All { get; } =
    [
        new(NetworkArchitecture.Mlp(128, 64), nameof(CheckRow.Numbers)),
        new(NetworkArchitecture.Mlp(128, 64) with { Normalization = Normalization.Batch }, nameof(CheckRow.Numbers), nameof(CheckRow.Category)),
        new(NetworkArchitecture.Mlp(128) with { NumericalEmbedding = NumericalEmbedding.PiecewiseLinear() }, nameof(CheckRow.Numbers)),
        new(NetworkArchitecture.ResidualMlp(), nameof(CheckRow.Numbers), nameof(CheckRow.Category)),
        new(NetworkArchitecture.RealMlp(), nameof(CheckRow.Numbers), nameof(CheckRow.Category)),
        new(NetworkArchitecture.TabM(), nameof(CheckRow.Numbers)) { LearningRate = 0.2 },
        new(NetworkArchitecture.ConvNet(16, 32), nameof(CheckRow.Image)),
        new(NetworkArchitecture.ResNet(8), nameof(CheckRow.Image)),
        new(NetworkArchitecture.VisionTransformer(width: 64, depth: 2), nameof(CheckRow.Image)),
        new(NetworkArchitecture.TextTransformer(width: 64), nameof(CheckRow.Text)),
        new(NetworkArchitecture.Lstm(64), nameof(CheckRow.Series)),
        new(NetworkArchitecture.Gru(64, layers: 2, bidirectional: true), nameof(CheckRow.Series)),
        new(NetworkArchitecture.Lstm(64) with { MaxLength = 16 }, nameof(CheckRow.Text)),
    ];

    /// <summary>Plain descent, whose steps are in proportion to the gradient: differences of rounding stay what they are.</summary>
    public NeuralNetworkOptions Compared => Options with
    {
        Optimizer = Optimizer.Sgd(momentum: 0),
        Recipe = RegularizationRecipe.None with { WeightDecay = 0.01, LabelSmoothing = 0.1, GradientClipping = GradientClipping.ByNorm(1), Dropout = Dropout.Standard(0.1) },
        MaxEpochs = 2,
        LearningRate = LearningRate,
        BatchSize = 64,
    };

    /// <summary>As users train it, for the time that a row takes.</summary>
    public NeuralNetworkOptions Timed => Options with { MaxEpochs = 5, BatchSize = 512 };

    private NeuralNetworkOptions Options => new()
    {
        Architecture = Architecture,
        FeatureColumnName = FeatureColumnName,
        CategoricalColumnNames = CategoricalColumnNames,
        Recipe = RegularizationRecipe.None,
        Schedule = LearningRateSchedule.Constant,
        Seed = 1,
    };

    /// <summary>What the table calls it.</summary>
    public override string ToString() => string.Join(" + ", CategoricalColumnNames.Prepend($"{Architecture} on {FeatureColumnName}"));
}
