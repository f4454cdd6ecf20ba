namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Learns temperature and offsets: see <see cref="AffineCalibration"/>.</summary>
internal static class AffineFit
{
    // Of the logarithm of the temperature: a factor of 100, and what no probability shows.
    private const double Bound = 4.6;

    /// <summary>Those of rows; null where there are none, or their logits are not finite.</summary>
    /// <param name="rows">They keep their targets.</param>
    /// <param name="priorDeviation">See <see cref="AffineCalibration.PriorDeviation"/>.</param>
    /// <param name="expected">The prior's mean of each offset: one number for each class, or, of two classes with one output, that of true.</param>
    public static LearnedCalibration? Of(CalibrationRows rows, double priorDeviation, double[] expected)
    {
        if (rows.Seen == 0)
            return null;

        var strength = 1 / (priorDeviation * priorDeviation * rows.Seen);
        var found = QuasiNewton.Minimize(Loss, [0, .. expected]);
        if (!Array.TrueForAll(found, double.IsFinite))
            return null;
        return new LearnedCalibration(1 / Factor(found[0]), 1.0 / (rows.Seen + 1), rows.Seen) { Offsets = [.. found.Skip(1)] };

        // All rows' loss less the logarithm of the prior, per row, and its gradient by the logarithm of 1 over the temperature and the offsets.
        double Loss(ReadOnlySpan<double> point, Span<double> gradient)
        {
            var factor = Factor(point[0]);
            var loss = rows.At(factor, point[1..], gradient);
            gradient[0] *= Math.Abs(point[0]) < Bound ? factor : 0;
            for (var i = 0; i < point.Length; i++)
            {
                var difference = point[i] - (i == 0 ? 0 : expected[i - 1]);
                loss += difference * difference * strength / 2;
                gradient[i] += difference * strength;
            }

            return loss;
        }
    }

    private static double Factor(double logarithm) => Math.Exp(Math.Clamp(logarithm, -Bound, Bound));
}
