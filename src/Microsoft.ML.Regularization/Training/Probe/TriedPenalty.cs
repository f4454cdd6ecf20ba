namespace Microsoft.ML.Regularization.Training;

/// <summary>What came of a penalty.</summary>
/// <param name="Penalty">See <see cref="LinearProbe.Penalty"/>.</param>
/// <param name="Loss">The mean loss of rows by heads that have not seen them, at the best temperature.</param>
/// <param name="Multiplier">What outputs are multiplied by at that temperature.</param>
/// <param name="Outputs">Of each row, by a head that has not seen it.</param>
internal sealed record TriedPenalty(double Penalty, double Loss, double Multiplier, float[] Outputs);
