using System.Globalization;
using System.Text;

namespace TabularLeague;

/// <summary>The standings as Markdown.</summary>
internal static class StandingsTables
{
    /// <summary>A row for each contestant: mean ranks, wins against LightGBM, time.</summary>
    public static string Summary(IReadOnlyList<Standings> standings, Standings seconds, IReadOnlyList<Entry> entries)
    {
        var rival = entries.FirstOrDefault(entry => entry.Contestant.Name == Opponents.LightGbm);
        var text = new StringBuilder("| |");
        foreach (var ofMetric in standings)
        {
            text.Append(CultureInfo.InvariantCulture, $" rank by {NameOf(ofMetric)} |");
            if (rival is not null)
                text.Append(CultureInfo.InvariantCulture, $" against {Opponents.LightGbm} |");
        }

        text.Append(" processor seconds of a fit | tables |\n|---|").Insert(text.Length, "---:|", standings.Count * (rival is null ? 1 : 2) + 2).Append('\n');
        var ranks = standings.Select(ofMetric => ofMetric.MeanRanks(entries)).ToList();
        foreach (var entry in InOrder(entries, ranks))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {entry.Name} |");
            for (var i = 0; i < standings.Count; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $" {Bold(ranks[i][entry], ranks[i].Values.Where(double.IsFinite).DefaultIfEmpty().Min(), "0.00")} |");
                if (rival is not null)
                    text.Append(CultureInfo.InvariantCulture, $" {(entry == rival ? "" : Record(standings[i], entry, rival))} |");
            }

            var times = seconds.Common(entries).Select(cell => seconds.Of(cell, entry).Average()).Where(time => !double.IsNaN(time)).ToList();
            text.Append(CultureInfo.InvariantCulture, $" {(times.Count == 0 ? "" : times.Average().ToString("0.0", CultureInfo.InvariantCulture))} | {seconds.Common(entry).Count} |\n");
        }

        return text.ToString();
    }

    /// <summary>A row for each cell, a column for each contestant: mean and deviation over the seeds.</summary>
    public static string Detail(Standings standings, IReadOnlyList<Entry> entries)
    {
        var metric = standings.Metric;
        var text = new StringBuilder("| table, training rows |");
        foreach (var entry in entries)
            text.Append(CultureInfo.InvariantCulture, $" {entry.Name} |");
        text.Append("\n|---|").Insert(text.Length, "---:|", entries.Count).Append('\n');
        foreach (var cell in standings.Cells)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {cell} |");
            var values = entries.ToDictionary(
                entry => entry, entry => standings.Has(cell, entry) ? Statistics.MeanAndDeviation(standings.Of(cell, entry)) : ((double Mean, double Deviation)?)null);
            var best = values.Values.OfType<(double Mean, double Deviation)>().Where(value => !double.IsNaN(value.Mean)).DefaultIfEmpty().MinBy(value => metric.Cost(value.Mean)).Mean;
            foreach (var entry in entries)
            {
                text.Append(values[entry] is not { } value ? " |"
                    : double.IsNaN(value.Mean) ? " failed |"
                    : $" {Bold(value.Mean, best, metric.Format)} ± {value.Deviation.ToString(metric.Format, CultureInfo.InvariantCulture)} |");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The best first, by the mean of their ranks by the metrics.</summary>
    public static IEnumerable<Entry> InOrder(IReadOnlyList<Entry> entries, IReadOnlyList<IReadOnlyDictionary<Entry, double>> ranks) =>
        entries.OrderBy(entry => ranks.Select(ofMetric => ofMetric[entry]).Where(double.IsFinite).DefaultIfEmpty(double.MaxValue).Average());

    public static string NameOf(Standings standings) => standings.Metric.Name.Split(',')[0];

    private static string Record(Standings standings, Entry entry, Entry rival)
    {
        var (wins, losses) = standings.Against(entry, rival);
        return string.Create(CultureInfo.InvariantCulture, $"{wins} : {losses} (p {Statistics.SignTest(wins, losses):0.000})");
    }

    private static string Bold(double value, double best, string format)
    {
        var text = double.IsNaN(value) ? "" : value.ToString(format, CultureInfo.InvariantCulture);
        return value == best ? $"**{text}**" : text;
    }
}
