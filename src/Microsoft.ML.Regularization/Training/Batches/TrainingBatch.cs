namespace Microsoft.ML.Regularization;

/// <summary>The rows of one training step, on the device that the network is on.</summary>
/// <param name="Features">(rows, features).</param>
/// <param name="Targets">(rows, targets): for classes each row a distribution, for regression one standardized number.</param>
/// <param name="RowFactors">(rows): each row's weight over the normalizer of the sum, so that the sum of the rows' losses is a mean.</param>
internal readonly record struct TrainingBatch(Tensor Features, Tensor Targets, Tensor RowFactors);
