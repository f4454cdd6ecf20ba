namespace Microsoft.ML.Regularization;

/// <summary>A penalty that was tried.</summary>
/// <param name="Penalty">See <see cref="LinearProbe.Penalty"/>.</param>
/// <param name="Loss">The mean loss of rows by heads with this penalty that have not seen them, at the best temperature.</param>
public sealed record PenaltyLoss(double Penalty, double Loss);
