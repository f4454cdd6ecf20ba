namespace Microsoft.ML.Regularization;

/// <summary>
/// What a model was trained with: the trainer's options and, where these were null, what took their place. Architecture and recipe are members of
/// <see cref="TrainedNetwork"/>. Saved with the model.
/// </summary>
public sealed record TrainingRecord
{
    /// <summary>The loss of a row.</summary>
    public required LossFunction Loss { get; init; }

    /// <summary>How a step followed from its gradient.</summary>
    public required Optimizer Optimizer { get; init; }

    /// <summary>The step size of the optimizer, above 0.</summary>
    public required double LearningRate { get; init; }

    /// <summary>How the learning rate changed over the run.</summary>
    public required LearningRateSchedule Schedule { get; init; }

    /// <summary>Rows in a training step, at least 1.</summary>
    public required int BatchSize { get; init; }

    /// <summary>The most passes over the training rows, at least 1; how many there were tells <see cref="TrainingHistory.Epochs"/>.</summary>
    public required int MaxEpochs { get; init; }

    /// <summary>How much the rows of each class counted; null for all alike.</summary>
    public ClassWeights? ClassWeights { get; init; }

    /// <summary>How numbers came to a common scale.</summary>
    public required InputScaling InputScaling { get; init; }

    /// <summary>What was done about missing numbers.</summary>
    public required MissingValues MissingValues { get; init; }

    /// <summary>The seed of initial weights, order of rows and noise.</summary>
    public required int Seed { get; init; }

    /// <summary>The version of the library that trained.</summary>
    public required string LibraryVersion { get; init; }

    /// <summary>The version of this library.</summary>
    internal static string ThisVersion { get; } = typeof(TrainingRecord).Assembly.GetName().Version!.ToString(3);
}
