namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Learns a <see cref="TemperatureScaling"/>.</summary>
internal static class TemperatureFit
{
    // Of the logarithm of the temperature: a factor of 100, and what no probability shows.
    private const double Bound = 4.6;
    private const double Tolerance = 1e-7;
    private const int MostSteps = 100;

    /// <summary>The temperature of rows; null where there are none, or their logits are not finite.</summary>
    public static LearnedCalibration? Of(CalibrationRows rows, double priorDeviation)
    {
        if (rows.Seen == 0)
            return null;
        var logarithm = LogFactor(rows, priorDeviation);
        return double.IsNaN(logarithm) ? null : new LearnedCalibration(Math.Exp(-logarithm), 1.0 / (rows.Seen + 1), rows.Seen);
    }

    /// <summary>The logarithm of 1 over the temperature, at which the derivative of all rows' loss less the logarithm of the prior is 0.</summary>
    private static double LogFactor(CalibrationRows rows, double priorDeviation)
    {
        // The prior alone pulls to 0, so the minimum lies on the side to which the rows' loss falls there.
        var (before, slopeBefore) = (0.0, Slope(0));
        if (double.IsNaN(slopeBefore) || slopeBefore == 0)
            return slopeBefore;
        var x = slopeBefore < 0 ? Bound : -Bound;
        var slope = Slope(x);
        if (Math.Sign(slope) == Math.Sign(slopeBefore))
            return x;

        // Regula falsi in the form of Dowell and Jarratt (1971, the Illinois algorithm): fast, and the root stays between the two points.
        for (var step = 0; step < MostSteps && Math.Abs(slope) > Tolerance; step++)
        {
            var between = (before * slope - x * slopeBefore) / (slope - slopeBefore);
            var slopeBetween = Slope(between);
            (before, slopeBefore) = Math.Sign(slopeBetween) == Math.Sign(slope) ? (before, slopeBefore / 2) : (x, slope);
            (x, slope) = (between, slopeBetween);
        }

        return x;

        double Slope(double x)
        {
            var factor = Math.Exp(x);
            return factor * rows.At(factor).Slope + x / (priorDeviation * priorDeviation * rows.Seen);
        }
    }
}
