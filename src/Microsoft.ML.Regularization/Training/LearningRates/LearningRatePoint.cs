namespace Microsoft.ML.Regularization;

/// <summary>A step of a learning-rate range test.</summary>
/// <param name="LearningRate">The step's learning rate.</param>
/// <param name="Loss">The loss of its batch before the step, as it is optimized, without penalties on the weights.</param>
/// <param name="SmoothedLoss">The running mean of the losses up to then.</param>
public sealed record LearningRatePoint(double LearningRate, double Loss, double SmoothedLoss);
