using System.Globalization;
using System.Text;

namespace TabularLeague;

/// <summary>Contestants that differ from one in a setting each, against it, as Markdown.</summary>
internal static class AblationTable
{
    /// <param name="standings">By the metrics that count.</param>
    /// <param name="entries">The one that the others are compared with first.</param>
    public static string Of(IReadOnlyList<Standings> standings, IReadOnlyList<Entry> entries)
    {
        var text = new StringBuilder($"| against {entries[0].Name} |");
        foreach (var ofMetric in standings)
            text.Append(CultureInfo.InvariantCulture, $" {StandingsTables.NameOf(ofMetric)} | won : lost |");
        text.Append("\n|---|").Insert(text.Length, "---:|", 2 * standings.Count).Append('\n');
        foreach (var entry in entries.Skip(1))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {entry.Name} |");
            foreach (var ofMetric in standings)
            {
                var difference = ofMetric.MeanDifference(entry, entries[0]);
                if (double.IsNaN(difference))
                {
                    text.Append(" | |");
                    continue;
                }

                var (wins, losses) = ofMetric.Against(entry, entries[0]);
                text.Append(
                    CultureInfo.InvariantCulture,
                    $" {difference:+0.0%;-0.0%;0.0%} | {wins} : {losses} (p {Statistics.SignTest(wins, losses):0.000}) |");
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
