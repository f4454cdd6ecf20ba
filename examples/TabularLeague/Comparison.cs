using System.Globalization;

namespace TabularLeague;

/// <summary>Two contestants against each other, on the same rows.</summary>
internal static class Comparison
{
    public static void Write(TextWriter output, Standings standings, Entry first, Entry second)
    {
        var metric = standings.Metric;
        var cells = standings.Against(first, second);
        var runs = standings.RunsAgainst(first, second);
        output.WriteLine($"{StandingsTables.NameOf(standings)}: {first.Name} beats {second.Name} in {Record(cells)} cells, {Record(runs)} runs; mean relative "
            + $"difference {Share(standings.MeanDifference(first, second))}");
        foreach (var cell in standings.Common(first, second))
        {
            var (mean, deviation) = Statistics.MeanAndDeviation(standings.Of(cell, first));
            var (other, deviationOfOther) = Statistics.MeanAndDeviation(standings.Of(cell, second));
            output.WriteLine($"    {cell,-26} {Number(mean)} ± {Number(deviation)}   {Number(other)} ± {Number(deviationOfOther)}   "
                + $"{Share(Statistics.RelativeDifference(mean, other)),8}");
        }

        string Number(double value) => value.ToString(metric.Format, CultureInfo.InvariantCulture).PadLeft(8);
    }

    private static string Record((int Wins, int Losses) games) =>
        string.Create(CultureInfo.InvariantCulture, $"{games.Wins} : {games.Losses} (p {Statistics.SignTest(games.Wins, games.Losses):0.000})");

    private static string Share(double value) => value.ToString("+0.0%;-0.0%;0.0%", CultureInfo.InvariantCulture);
}
