using System.Globalization;

namespace Microsoft.ML.Regularization.Reports;

/// <summary>A linear axis of a chart.</summary>
/// <param name="Label">What it tells, with its unit.</param>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends, above its beginning.</param>
/// <param name="Format">How its numbers are written.</param>
internal sealed record Axis(string Label, double From, double To, string Format = "0.###")
{
    private const int Steps = 5;

    /// <summary>An axis that holds all of the values, with some room.</summary>
    public static Axis Around(string label, IEnumerable<double> values, string format = "0.###", bool fromZero = false)
    {
        var finite = values.Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        var (least, most) = (fromZero ? Math.Min(0, finite.Min()) : finite.Min(), finite.Max());
        var room = most > least ? 0.05 * (most - least) : Math.Max(1e-6, Math.Abs(most) * 0.1);
        return new(label, fromZero && least == 0 ? 0 : least - room, most + room, format);
    }

    /// <summary>Round numbers along it.</summary>
    public IEnumerable<double> Ticks()
    {
        var rough = (To - From) / Steps;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * (rough / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 };
        for (var tick = Math.Ceiling(From / step - 1e-9) * step; tick <= To + 1e-9 * step; tick += step)
            yield return Math.Abs(tick) < 1e-9 * step ? 0 : tick;
    }

    /// <summary>Where a value lies, 0 at the beginning and 1 at the end.</summary>
    public double Place(double value) => (value - From) / (To - From);

    public string Write(double value) => value.ToString(Format, CultureInfo.InvariantCulture);
}
