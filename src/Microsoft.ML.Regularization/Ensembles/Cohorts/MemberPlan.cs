using Microsoft.ML.Regularization.Training;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>One of the networks to train in a cohort.</summary>
/// <param name="Data">Its rows.</param>
/// <param name="Settings">Its settings, with its place and a key of its own.</param>
internal sealed record MemberPlan(ITrainingData Data, TrainingSettings Settings)
{
    /// <summary>The network's place among the others.</summary>
    public MemberPlace Place => Settings.Place!;
}
