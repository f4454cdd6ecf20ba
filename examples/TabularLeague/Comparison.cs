using System.Globalization;

namespace TabularLeague;

/// <summary>Two contestants against each other, on the same rows.</summary>
internal static class Comparison
{
    public static void Write(TextWriter output, Standings standings, Entry first, Entry second)
    {
        if (standings.Cells.Count == 0)
            return;
        var (metric, name) = (standings.Metric, StandingsTables.NameOf(standings));
        var (wins, losses) = standings.Against(first, second);
        var runs = standings.Cells.SelectMany(cell => standings.Of(cell, first).Zip(standings.Of(cell, second))
            .Select(pair => Statistics.Ranks([metric.Cost(pair.First), metric.Cost(pair.Second)]))).ToList();
        var (runWins, runLosses) = (runs.Count(ranks => ranks[0] < ranks[1]), runs.Count(ranks => ranks[0] > ranks[1]));
        var differences = standings.Cells
            .Select(cell => Statistics.RelativeDifference(standings.Of(cell, first).Average(), standings.Of(cell, second).Average()))
            .Where(difference => !double.IsNaN(difference)).ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {first.Name} beats {second.Name} in {wins} cells and loses {losses} (p {Statistics.SignTest(wins, losses):0.000}); runs {runWins} : {runLosses} (p {Statistics.SignTest(runWins, runLosses):0.000}); mean relative difference {(differences.Count == 0 ? double.NaN : differences.Average()):+0.0%;-0.0%}"));
        foreach (var cell in standings.Cells)
        {
            var (a, deviationA) = Statistics.MeanAndDeviation(standings.Of(cell, first));
            var (b, deviationB) = Statistics.MeanAndDeviation(standings.Of(cell, second));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {cell,-26} {Number(a)} ± {Number(deviationA)}   {Number(b)} ± {Number(deviationB)}   {Statistics.RelativeDifference(a, b),8:+0.0%;-0.0%}"));
        }

        string Number(double value) => value.ToString(metric.Format, CultureInfo.InvariantCulture).PadLeft(8);
    }
}
