using Microsoft.ML.Regularization.Reports;

namespace Microsoft.ML.Regularization.Advice;

/// <summary>What a temperature takes off the log-loss of rows that it was not fitted on: half of the rows tell that of the others.</summary>
/// <param name="Gain">The mean over the rows, in nats.</param>
/// <param name="Temperature">The mean of both; above 1 probabilities are too sure, below not sure enough.</param>
internal sealed record TemperatureGain(LossComparison Gain, double Temperature)
{
    private const int Steps = 60;

    public static TemperatureGain Of(ScoredRows rows)
    {
        int[] even = [.. Enumerable.Range(0, rows.Count).Where(row => row % 2 == 0)];
        int[] odd = [.. Enumerable.Range(0, rows.Count).Where(row => row % 2 == 1)];
        var (ofEven, ofOdd) = (Fit(rows, even), Fit(rows, odd));
        double[] gains = [.. even.Select(row => Loss(rows, row, 1) - Loss(rows, row, ofOdd)), .. odd.Select(row => Loss(rows, row, 1) - Loss(rows, row, ofEven))];
        return new TemperatureGain(LossComparison.Of(gains), Math.Sqrt(ofEven * ofOdd));
    }

    // The loss is convex in the inverse of the temperature, which a golden section narrows down.
    private static double Fit(ScoredRows rows, int[] chosen)
    {
        var (low, high, ratio) = (0.02, 20.0, (Math.Sqrt(5) - 1) / 2);
        for (var step = 0; step < Steps; step++)
        {
            var (left, right) = (high - ratio * (high - low), low + ratio * (high - low));
            if (chosen.Sum(row => Loss(rows, row, 1 / left)) < chosen.Sum(row => Loss(rows, row, 1 / right)))
                high = right;
            else
                low = left;
        }

        return 2 / (low + high);
    }

    private static double Loss(ScoredRows rows, int row, double temperature)
    {
        var (sum, own) = (0.0, 0.0);
        foreach (var (i, probability) in rows.Probabilities(row).ToArray().Index())
        {
            var power = Math.Pow(Math.Max(1e-7, probability), 1 / temperature);
            sum += power;
            own = i == rows.Class(row) ? power : own;
        }

        return Math.Log(sum) - Math.Log(own);
    }
}
