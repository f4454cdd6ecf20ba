namespace Microsoft.ML.Regularization;

/// <summary>
/// How a network is pre-trained on rows without labels: see <see cref="NeuralNetworkTrainer{TTransformer, TModel}.Pretrain"/>. All else, such as columns, architecture,
/// scaling, seed, caching, time limit, cancellation and progress, is that of the trainer's options.
/// </summary>
public sealed record PretrainingOptions
{
    /// <summary>What is learned. Default: null, which means <see cref="DenoisingTask"/> for tables and <see cref="MaskedTokenTask"/> for texts.</summary>
    public PretextTask? Task { get; init; }

    /// <summary>
    /// The regularization. Refused are <see cref="RegularizationRecipe.ManifoldMixup"/>, <see cref="RegularizationRecipe.AdversarialTraining"/> and what is about classes. Default:
    /// <see cref="RegularizationRecipe.LargeScalePretraining"/>.
    /// </summary>
    public RegularizationRecipe Recipe { get; init; } = RegularizationRecipe.LargeScalePretraining;

    /// <summary>The optimizer. Default: null, that of the trainer's options.</summary>
    public Optimizer? Optimizer { get; init; }

    /// <summary>
    /// Step size of the optimizer, above 0. Its product with the recipe's weight decay must be below 1. Default: null, 0.003, and for <see cref="RealMlpArchitecture"/> 0.01.
    /// </summary>
    public double? LearningRate { get; init; }

    /// <summary>How the learning rate changes over the run. Default: null, a cosine behind a warm-up of a twentieth of the run.</summary>
    public LearningRateSchedule? Schedule { get; init; }

    /// <summary>Rows of a step, at least 1; for tables at least 2. Default: 256 for tables and 64 for texts.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Passes over the rows, at least 1. Default: 30.</summary>
    public int MaxEpochs { get; init; } = 30;

    /// <summary>Keeps the state of the run in a folder of its own, from which an interrupted one resumes: see <see cref="CheckpointOptions"/>. Default: null, nothing is kept.</summary>
    public CheckpointOptions? Checkpoints { get; init; }
}
