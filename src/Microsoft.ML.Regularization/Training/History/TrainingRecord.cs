namespace Microsoft.ML.Regularization;

/// <summary>
/// The settings that a model was trained with: the trainer's options and, where these were null, the values used instead. Architecture and recipe are members
/// of <see cref="TrainedNetwork"/>. Saved with the model.
/// </summary>
public sealed record TrainingRecord
{
    /// <summary>The loss of a row.</summary>
    public required LossFunction Loss { get; init; }

    /// <summary>The optimizer: how each step was computed from its gradient.</summary>
    public required Optimizer Optimizer { get; init; }

    /// <summary>The step size of the optimizer, above 0.</summary>
    public required double LearningRate { get; init; }

    /// <summary>How the learning rate changed over the run.</summary>
    public required LearningRateSchedule Schedule { get; init; }

    /// <summary>Rows in a training step, at least 1.</summary>
    public required int BatchSize { get; init; }

    /// <summary>
    /// The maximum number of passes over the training rows, at least 1; for the passes that were made see <see cref="TrainingHistory.Epochs"/>.
    /// </summary>
    public required int MaxEpochs { get; init; }

    /// <summary>The weight of each class's rows; null if all classes weigh the same.</summary>
    public ClassWeights? ClassWeights { get; init; }

    /// <summary>How numbers were scaled.</summary>
    public required InputScaling InputScaling { get; init; }

    /// <summary>How missing numbers were handled.</summary>
    public required MissingValues MissingValues { get; init; }

    /// <summary>The published weights that the network started from; null for random ones.</summary>
    public PublishedSource? Pretrained { get; init; }

    /// <summary>How far training could move them; null for any distance.</summary>
    public FineTuning? FineTuning { get; init; }

    /// <summary>The seed of initial weights, order of rows and noise.</summary>
    public required int Seed { get; init; }

    /// <summary>The version of the library that trained the model.</summary>
    public required string LibraryVersion { get; init; }

    /// <summary>The version of this library.</summary>
    internal static string ThisVersion { get; } = typeof(TrainingRecord).Assembly.GetName().Version!.ToString(3);
}
