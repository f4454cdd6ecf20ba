using System.Globalization;

namespace Microsoft.ML.Regularization.Search;

/// <summary>Numbers between two ends, which belong to them, even or even in their logarithm.</summary>
/// <param name="name">Its name.</param>
/// <param name="low">The least.</param>
/// <param name="high">The greatest.</param>
/// <param name="isLogarithmic">Whether the logarithm is drawn.</param>
/// <param name="isWhole">Whether only whole numbers are.</param>
/// <param name="apply">Sets the option.</param>
internal sealed class NumberDimension(
    string name, double low, double high, bool isLogarithmic, bool isWhole, Func<NeuralNetworkOptions, double, NeuralNetworkOptions> apply) : SearchDimension(name)
{
    // Each whole number has as much room as the others.
    private readonly double _from = isWhole ? low - 0.5 : low;
    private readonly double _to = isWhole ? high + 0.5 : high;

    public override int? Choices => null;

    public override string Range => string.Create(CultureInfo.InvariantCulture, $"{low} to {high}{(isLogarithmic ? ", logarithmic" : "")}{(isWhole ? ", whole" : "")}");

    public override IEnumerable<double> Extremes => [low, high];

    public override double At(double place)
    {
        var value = isLogarithmic ? Math.Exp(double.Lerp(Math.Log(_from), Math.Log(_to), place)) : double.Lerp(_from, _to, place);
        return Math.Clamp(isWhole ? Math.Round(value) : value, low, high);
    }

    public override double PlaceOf(double value) => isLogarithmic
        ? (Math.Log(value) - Math.Log(_from)) / (Math.Log(_to) - Math.Log(_from))
        : (value - _from) / (_to - _from);

    public override bool Holds(double value) => value >= low && value <= high && (!isWhole || value.Equals(Math.Round(value)));

    public override NeuralNetworkOptions Apply(NeuralNetworkOptions options, double value) => apply(options, value);

    public override string Write(double value) => value.ToString(isWhole ? "0" : "G3", CultureInfo.InvariantCulture);
}
