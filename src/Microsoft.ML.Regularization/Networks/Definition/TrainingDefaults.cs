namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// The settings that a network is trained with where the options leave them null. An architecture gives its own: see
/// <see cref="NetworkArchitecture.DefaultsFor"/>.
/// </summary>
internal sealed record TrainingDefaults
{
    public RegularizationRecipe Recipe { get; init; } = RegularizationRecipe.SmallDataset;

    public InputScaling InputScaling { get; init; } = InputScaling.RobustSmoothClip;

    /// <summary>Of Adam, which every architecture is trained with by default.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Adam's.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Waves of the learning rate over the run; 0 for a constant one.</summary>
    public int LearningRateCycles { get; init; }

    /// <summary>Whether the learning rate rises over the first tenth of the steps and falls to 0 from there; else it is constant, or has waves.</summary>
    public bool WarmsUp { get; init; }

    /// <summary>Rows of a step, where there are enough of them: see <see cref="BatchSizeFor"/>.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Whether what is left of an epoch behind its full batches is not trained on.</summary>
    public bool DropsLastBatch { get; init; }

    /// <summary>Whether the predictions of a regression stay within the targets of the training rows.</summary>
    public bool ClampsPredictions { get; init; }

    /// <summary>Rows of a step where there are few.</summary>
    public int LeastBatchSize { get; init; } = 64;

    /// <summary>Epochs, where they have enough steps: see <see cref="MaxEpochsFor"/>.</summary>
    public int MaxEpochs { get; init; } = 100;

    /// <summary>Steps that a run which stops early by its validation rows may take, however few rows there are; 0 where only epochs count.</summary>
    public int LeastSteps { get; init; } = 4000;

    /// <summary>Those with which a network that starts from published weights, with a fitted head, is tuned: few epochs at a small rate.</summary>
    public TrainingDefaults ForTuning() => this with
    {
        Recipe = RegularizationRecipe.FineTuning, LearningRate = 2e-4, WarmsUp = true, LearningRateCycles = 0, BatchSize = 16, LeastBatchSize = 16, MaxEpochs = 6, LeastSteps = 0,
    };

    // Fewer steps an epoch make each of them too much like the last one.
    private const int LeastStepsPerEpoch = 8;

    /// <summary>The batch size for so many training rows: halved until an epoch has a few steps.</summary>
    public int BatchSizeFor(long rows)
    {
        var size = BatchSize;
        while (size / 2 >= LeastBatchSize && rows < (long)LeastStepsPerEpoch * size)
            size /= 2;
        return size;
    }

    /// <summary>The epochs that make up <see cref="LeastSteps"/>, if that is more than <see cref="MaxEpochs"/>.</summary>
    /// <param name="stepsPerEpoch">Steps of an epoch, at least 1.</param>
    public int MaxEpochsFor(long stepsPerEpoch) => (int)Math.Max(MaxEpochs, (LeastSteps + stepsPerEpoch - 1) / stepsPerEpoch);
}
