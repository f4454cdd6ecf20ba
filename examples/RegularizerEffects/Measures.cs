namespace RegularizerEffects;

/// <summary>What a trained network does on rows it was not trained on.</summary>
/// <param name="Error">The share of rows that are classified wrongly.</param>
/// <param name="LogLoss">The mean of minus the logarithm of the true class's probability, in nats.</param>
/// <param name="Seconds">What training took.</param>
internal sealed record Measures(double Error, double LogLoss, double Seconds);
