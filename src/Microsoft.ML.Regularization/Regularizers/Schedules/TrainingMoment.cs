namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>The position of a run: step and epoch.</summary>
/// <param name="Step">The step, from 0.</param>
/// <param name="TotalSteps">The steps of the whole run.</param>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Plateaus">How often the loss had stopped falling, as <see cref="ReduceOnPlateauSchedule"/> sees it.</param>
internal readonly record struct TrainingMoment(long Step, long TotalSteps, int Epoch, int Plateaus = 0);
