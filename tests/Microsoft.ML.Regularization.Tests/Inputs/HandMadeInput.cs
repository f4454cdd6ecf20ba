namespace Microsoft.ML.Regularization.Tests.Inputs;

/// <summary>
/// What the library does about gaps and scales, written anew and learned by sorting columns: numbers filled and scaled, then an indicator for each column that had
/// gaps. Statistics are those of the values that are there.
/// </summary>
internal sealed class HandMadeInput
{
    private readonly InputScaling _scaling;
    private readonly List<(double Fill, double Center, double Scale)> _numbers = [];
    private readonly List<(int Column, double Center, double Scale)> _indicators = [];

    public HandMadeInput(InputScaling scaling, IReadOnlyList<float[]> rows)
    {
        _scaling = scaling;
        for (var column = 0; column < rows[0].Length; column++)
        {
            var present = rows.Select(row => row[column]).Where(float.IsFinite).Select(value => (double)value).ToArray();
            var flags = rows.Select(row => float.IsFinite(row[column]) ? 0.0 : 1).ToArray();
            var (center, scale) = ScaleOf(present);
            _numbers.Add((Quantile(present, 0.5), center, scale));
            if (flags.Contains(1))
            {
                (center, scale) = ScaleOf(flags);
                _indicators.Add((column, center, scale));
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
        .. row.Select((value, column) => Scale(float.IsFinite(value) ? value : _numbers[column].Fill, _numbers[column].Center, _numbers[column].Scale)),
        .. _indicators.Select(flag => Scale(float.IsFinite(row[flag.Column]) ? 0 : 1, flag.Center, flag.Scale)),
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

    private float Scale(double value, double center, double scale)
    {
        var scaled = (value - center) / scale;
        return (float)(_scaling == InputScaling.RobustSmoothClip ? scaled / Math.Sqrt(1 + scaled * scaled / 9) : scaled);
    }

    private static double Quantile(double[] values, double share)
    {
        var sorted = values.Order().ToArray();
        var position = share * (sorted.Length - 1);
        var below = sorted[(int)position];
        return below + (position - (int)position) * (sorted[Math.Min((int)position + 1, sorted.Length - 1)] - below);
    }
}
