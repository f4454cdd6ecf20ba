namespace Microsoft.ML.Regularization;

/// <summary>What one pass over the training rows did.</summary>
public sealed record EpochReport
{
    /// <summary>The epoch's number, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>
    /// The mean training loss over the epoch's batches in nats, as it was optimized: with dropout, label smoothing and mixed rows, without penalties
    /// on the weights.
    /// </summary>
    public required double TrainingLoss { get; init; }

    /// <summary>The mean loss of the validation rows in nats, without any regularization; null without validation rows.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>The accuracy on the validation rows, from 0 to 1; null without validation rows.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>The learning rate of the epoch's last step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The mean Euclidean norm of the gradient over the epoch's steps, before clipping.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>The share of the weights that are exactly 0 at the end of the epoch, from 0 to 1, biases and normalizations not counted.</summary>
    public double Sparsity { get; init; }

    /// <summary>Seconds that the epoch took, validation included.</summary>
    public required double Seconds { get; init; }
}
