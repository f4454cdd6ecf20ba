namespace Microsoft.ML.Regularization.Training;

/// <summary>
/// The place of a run among several that are trained together. Who trains them holds the threads, decides which epoch is the best, and keeps checkpoints.
/// </summary>
/// <param name="Member">The run's number among those of the same rows, from 1.</param>
/// <param name="Fold">The fold that it validates on, from 1; null where rows are not split into folds.</param>
internal sealed record MemberPlace(int Member, int? Fold);
