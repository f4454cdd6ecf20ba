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

    public int BatchSize { get; init; } = 64;

    public int MaxEpochs { get; init; } = 100;
}
