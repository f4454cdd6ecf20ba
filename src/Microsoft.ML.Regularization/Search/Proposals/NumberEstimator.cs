using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Search;

/// <summary>
/// A mixture over a dimension's range, from 0 to 1: a wide normal density in its middle, which stands for not knowing, and one at each observed place, as wide as the
/// farther of its neighbours is away (Bergstra, Bardenet, Bengio and Kegl, "Algorithms for hyper-parameter optimization", 2011, section 4.2). All end where the range does.
/// </summary>
internal sealed class NumberEstimator : IParzenEstimator
{
    // Narrower ones would propose the same value again and again.
    private const int MostPlaces = 100;

    private readonly SearchDimension _dimension;
    private readonly (double Mean, double Deviation, double Inside)[] _normals;

    public NumberEstimator(SearchDimension dimension, IEnumerable<double> values)
    {
        _dimension = dimension;
        var places = values.Select(dimension.PlaceOf).Append(0.5).Order().ToArray();
        var least = 1.0 / Math.Min(MostPlaces, places.Length);
        var prior = Array.IndexOf(places, 0.5);
        _normals =
        [
            .. places.Select((place, i) =>
            {
                var before = place - (i == 0 ? 0 : places[i - 1]);
                var behind = (i == places.Length - 1 ? 1 : places[i + 1]) - place;
                var deviation = i == prior ? 1 : Math.Clamp(Math.Max(before, behind), least, 1);
                return (place, deviation, Below((1 - place) / deviation) - Below(-place / deviation));
            }),
        ];
    }

    public double Draw(ref KeyedStream stream)
    {
        var (mean, deviation, _) = _normals[stream.NextInt64(_normals.Length)];
        while (true)
        {
            // Means lie inside the range, and deviations are not above its width: a third of the draws are inside at least.
            var place = mean + deviation * stream.NextGaussian();
            if (place is >= 0 and <= 1)
                return _dimension.At(place);
        }
    }

    public double LogDensityAt(double value)
    {
        var place = _dimension.PlaceOf(value);
        var sum = _normals.Sum(normal =>
        {
            var distance = (place - normal.Mean) / normal.Deviation;
            return Math.Exp(-0.5 * distance * distance) / (normal.Deviation * normal.Inside);
        });
        return Math.Log(sum / _normals.Length) - 0.5 * Math.Log(2 * Math.PI);
    }

    /// <summary>The share of a standard normal density below a number: its error function by the series of Abramowitz and Stegun, 7.1.5, or their fraction 7.1.14 in the tails.</summary>
    internal static double Below(double x)
    {
        var z = Math.Abs(x) / Math.Sqrt(2);
        var erf = z < 3 ? Series(z) : 1 - Math.Exp(-z * z) / Math.Sqrt(Math.PI) * Fraction(z);
        return 0.5 * (1 + Math.Sign(x) * erf);
    }

    private static double Series(double z)
    {
        var (term, sum) = (z, z);
        for (var n = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            term *= -z * z / n;
            sum += term / (2 * n + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }

    private static double Fraction(double z)
    {
        var value = z;
        for (var n = 60; n > 0; n--)
            value = z + n / 2.0 / value;
        return 1 / value;
    }
}
