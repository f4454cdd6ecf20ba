namespace CreditRisk;

/// <summary>How far probabilities of an event can be believed.</summary>
/// <param name="Brier">The mean squared difference of probability and outcome (Brier, 1950): 0 is perfect, a quarter is what saying one half gives.</param>
/// <param name="CalibrationError">
/// The mean over rows of the difference, in their bin of ten equally wide ones, of the mean probability and the share of events: 0 is perfect.
/// </param>
internal sealed record Reliability(double Brier, double CalibrationError)
{
    private const int Bins = 10;

    public static Reliability Of(IReadOnlyList<float> probabilities, IReadOnlyList<bool> outcomes)
    {
        var surplus = new double[Bins];
        var squares = 0.0;
        for (var row = 0; row < probabilities.Count; row++)
        {
            var difference = probabilities[row] - (outcomes[row] ? 1.0 : 0);
            surplus[Math.Min((int)(probabilities[row] * Bins), Bins - 1)] += difference;
            squares += difference * difference;
        }

        return new Reliability(squares / probabilities.Count, surplus.Sum(Math.Abs) / probabilities.Count);
    }
}
