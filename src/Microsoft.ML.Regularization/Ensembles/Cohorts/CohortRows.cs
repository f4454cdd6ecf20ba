using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Regularization.Training;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>The rows that a cohort trains on: those that are augmented anew in each epoch are read once in a round, for all networks.</summary>
/// <param name="sets">The sets that networks read from.</param>
/// <param name="settings">Tell how many epochs there are, and which of them are not mixed.</param>
internal sealed class CohortRows(IReadOnlyList<ITrainingData> sets, TrainingSettings settings) : ICheckpointed
{
    public bool IsStreaming { get; } = sets.Any(set => set.IsStreaming);

    /// <summary>The progress of the rounds within the time limit.</summary>
    public RunPace Pace { get; } = new(settings.Watch.Clock, settings.Pace);

    /// <param name="round">The round, from 1.</param>
    /// <exception cref="OperationCanceledException">The fit is to end.</exception>
    public void BeginRound(int round)
    {
        Pace.Begin(round);
        var isMixed = Pace.IsMixed(round, settings.MaxEpochs, settings.Recipe.UnmixedEpochs);
        foreach (var set in sets)
            set.BeginEpoch(round, isMixed);
    }

    public void Checkpoint(CheckpointState state) => state.Part("pace", Pace);
}
