namespace NetworkRecipes;

/// <summary>What a trained network does on rows it was not trained on.</summary>
/// <param name="Error">The share of rows that are classified wrongly.</param>
/// <param name="LogLoss">The mean of minus the logarithm of the true class's probability, in nats.</param>
/// <param name="TrainingLoss">The last epoch's, of augmented rows and smoothed labels where there are any.</param>
/// <param name="Seconds">What training took, on one thread.</param>
internal sealed record Measures(double Error, double LogLoss, double TrainingLoss, double Seconds);
