using System.Globalization;

namespace QuickStart;

/// <summary>One variant against the plain one, in plain words.</summary>
internal static class Verdict
{
    public static string Of(Variant variant, IReadOnlyList<Measures> runs, IReadOnlyList<Measures> plain)
    {
        var wins = runs.Zip(plain).Count(pair => pair.First.Error < pair.Second.Error);
        return $"{variant.Name,-18} {Change(run => run.Error)} error ({wins}/{runs.Count} seeds), "
            + $"{Change(run => run.LogLoss)} log-loss, {Change(run => run.CalibrationError)} ECE";

        string Change(Func<Measures, double> measure)
        {
            var change = (runs.Average(measure) / plain.Average(measure)) - 1;
            return string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(change):0%} {(change < 0 ? "less" : "more")}");
        }
    }
}
