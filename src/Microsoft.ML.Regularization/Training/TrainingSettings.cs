using TorchSharp;

namespace Microsoft.ML.Regularization;

/// <summary>What one training run is told, checked by the trainer.</summary>
internal sealed record TrainingSettings
{
    public required NetworkArchitecture Architecture { get; init; }

    public required RegularizationRecipe Recipe { get; init; }

    public required int MaxEpochs { get; init; }

    public required int BatchSize { get; init; }

    public required double LearningRate { get; init; }

    public required LearningRateSchedule Schedule { get; init; }

    public required RandomKey Key { get; init; }

    public required torch.Device Device { get; init; }

    public IProgress<EpochReport>? Progress { get; init; }

    public CancellationToken CancellationToken { get; init; }

    /// <summary>See <see cref="FlatParameters"/>.</summary>
    public bool? UseSpans { get; init; }
}
