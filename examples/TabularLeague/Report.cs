namespace TabularLeague;

/// <summary>What the program prints and writes at its end.</summary>
internal static class Report
{
    /// <returns>Whether there was anything to report.</returns>
    public static bool Write(Arguments arguments, Arena arena, Results results, TextWriter output)
    {
        var entries = arguments.Entries;
        Standings Of(Metric metric) => new(metric, arena, results, entries, arguments.Seeds, arguments.Build);
        var seconds = Of(Metric.Seconds);
        if (arena.Cells.Except(seconds.Cells).ToList() is { Count: > 0 } missing)
            output.WriteLine($"Left out, since not every trainer ran there with every seed: {string.Join(", ", missing)}.");
        if (seconds.Cells.Count == 0)
        {
            output.WriteLine("There is no table with results of all trainers.");
            return false;
        }

        Standings[] standings = [.. Metric.OfQuality.Select(Of).Where(ofMetric => ofMetric.Cells.Count > 0)];
        output.WriteLine();
        if (arguments.Compares)
        {
            foreach (var ofMetric in standings.Append(seconds))
                Comparison.Write(output, ofMetric, entries[0], entries[1]);
            return true;
        }

        var text = arguments.Ablates
            ? Page.Conditions(seconds, arguments.Seeds) + AblationTable.Of(standings, entries)
            : Page.Text(standings, seconds, entries, arguments.Seeds);
        output.WriteLine(text);
        if (arguments.Page is not { } page)
            return true;
        Page.Write(page, arguments.Place, text);
        if (!arguments.Ablates)
        {
            var picture = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(page))!, "images", $"tables-{arguments.Place}.png");
            StandingsChart.Save(standings, entries, picture);
        }

        return true;
    }
}
