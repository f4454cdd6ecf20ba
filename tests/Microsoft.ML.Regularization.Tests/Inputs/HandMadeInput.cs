using Microsoft.ML.Regularization.Tests.Training.Scaling;

namespace Microsoft.ML.Regularization.Tests.Inputs;

/// <summary>
/// What the library does about gaps and scales, written anew and learned by sorting columns: numbers filled and scaled, then an indicator for each column that had
/// gaps. Statistics are those of the values that are there.
/// </summary>
internal sealed class HandMadeInput
{
    private readonly InputScaling _scaling;
    private readonly List<(double Fill, double Center, double Scale, double[] Values)> _numbers = [];
    private readonly List<(int Column, double Center, double Scale, double[] Values)> _indicators = [];

    /// <param name="scaling">How numbers are scaled.</param>
    /// <param name="rows">The rows to learn from.</param>
    /// <param name="embedsNumbers">Whether the network embeds numbers: indicators beside them are -1 and 1 where scales are robust.</param>
    public HandMadeInput(InputScaling scaling, IReadOnlyList<float[]> rows, bool embedsNumbers)
    {
        _scaling = scaling;
        for (var column = 0; column < rows[0].Length; column++)
        {
            var present = rows.Select(row => row[column]).Where(float.IsFinite).Select(value => (double)value).ToArray();
            var flags = rows.Select(row => float.IsFinite(row[column]) ? 0.0 : 1).ToArray();
            var (center, scale) = ScaleOf(present);
            _numbers.Add((Quantile(present, 0.5), center, scale, present));
            if (flags.Contains(1))
            {
                (center, scale) = embedsNumbers && scaling == InputScaling.RobustSmoothClip ? (0.5, 0.5) : ScaleOf(flags);
                _indicators.Add((column, center, scale, flags));
            }
        }

        if (scaling != InputScaling.UnitLength)
            return;
        var length = Math.Sqrt(rows.Average(row => row.Where(float.IsFinite).Sum(value => (double)value * value)));
        for (var column = 0; column < _numbers.Count; column++)
            _numbers[column] = _numbers[column] with { Scale = length };
    }

    public float[] Make(float[] row) =>
    [
        .. row.Select((value, column) =>
        {
            var (fill, center, scale, values) = _numbers[column];
            return Scale(float.IsFinite(value) ? value : fill, center, scale, values);
        }),
        .. _indicators.Select(flag => Scale(float.IsFinite(row[flag.Column]) ? 0 : 1, flag.Center, flag.Scale, flag.Values)),
    ];

    private (double Center, double Scale) ScaleOf(double[] values)
    {
        switch (_scaling)
        {
            case InputScaling.None or InputScaling.UnitLength:
                return (0, 1);
            case InputScaling.Standardize:
                var mean = values.Average();
                return (mean, Math.Sqrt(values.Average(value => (value - mean) * (value - mean))));
            default:
                var range = Quantile(values, 0.75) - Quantile(values, 0.25);
                return (Quantile(values, 0.5), range > 0 ? range : (values.Max() - values.Min()) / 2);
        }
    }

    private float Scale(double value, double center, double scale, double[] values)
    {
        if (_scaling == InputScaling.NormalQuantiles)
            return (float)NormalQuantile(value, values);
        var scaled = (value - center) / scale;
        return (float)(_scaling == InputScaling.RobustSmoothClip ? scaled / Math.Sqrt(1 + scaled * scaled / 9) : scaled);
    }

    // Straight lines between ten quantiles of the rows and some in the outer intervals, or all values where they are few; a value's rank is the middle of those
    // that have it.
    private static double NormalQuantile(double value, double[] values)
    {
        var sorted = values.Order().ToArray();
        var distinct = sorted.Distinct().ToArray();
        var knots = distinct.Length <= 10 ? distinct : [.. Enumerable.Range(0, 10).Select(place => place / 9.0).Concat(Tails(sorted.Length))
            .Select(share => (double)(float)Quantile(sorted, share)).Distinct().Order()];
        var scores = knots.Select(knot => NormalScoresTests.Probit(
            (sorted.Count(other => other < knot) + sorted.Count(other => other <= knot)) / 2.0 / sorted.Length)).ToArray();
        if (value <= knots[0])
            return scores[0];
        for (var i = 1; i < knots.Length; i++)
        {
            if (value <= knots[i])
                return scores[i - 1] + (value - knots[i - 1]) / (knots[i] - knots[i - 1]) * (scores[i] - scores[i - 1]);
        }

        return scores[^1];
    }

    private static IEnumerable<double> Tails(int rows)
    {
        for (var share = 1.0 / 18; share >= 1.0 / rows; share /= 2)
        {
            yield return share;
            yield return 1 - share;
        }
    }

    private static double Quantile(double[] values, double share)
    {
        var sorted = values.Order().ToArray();
        var position = share * (sorted.Length - 1);
        var below = sorted[(int)position];
        return below + (position - (int)position) * (sorted[Math.Min((int)position + 1, sorted.Length - 1)] - below);
    }
}
