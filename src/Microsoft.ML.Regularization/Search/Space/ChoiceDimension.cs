using System.Globalization;

namespace Microsoft.ML.Regularization.Search;

/// <summary>One of several values without order.</summary>
/// <typeparam name="T">Their type.</typeparam>
/// <param name="name">Its name.</param>
/// <param name="choices">The values.</param>
/// <param name="apply">Sets the option.</param>
internal sealed class ChoiceDimension<T>(string name, ValueList<T> choices, Func<NeuralNetworkOptions, T, NeuralNetworkOptions> apply) : SearchDimension(name)
    where T : notnull
{
    public override int? Choices => choices.Count;

    public override string Range => string.Join(" | ", choices.Select(Text));

    public override IEnumerable<double> Extremes => Enumerable.Range(0, choices.Count).Select(place => (double)place);

    public override double At(double place) => Math.Min(Math.Floor(place * choices.Count), choices.Count - 1);

    public override double PlaceOf(double value) => (value + 0.5) / choices.Count;

    public override bool Holds(double value) => value >= 0 && value < choices.Count && value.Equals(Math.Floor(value));

    public override NeuralNetworkOptions Apply(NeuralNetworkOptions options, double value) => apply(options, choices[(int)value]);

    public override string Write(double value) => Text(choices[(int)value]);

    private static string Text(T value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
