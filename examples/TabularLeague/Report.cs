namespace TabularLeague;

/// <summary>What the program prints and writes at its end.</summary>
internal static class Report
{
    /// <returns>Whether there was anything to report.</returns>
    public static bool Write(Arguments arguments, Arena arena, Results results, TextWriter output)
    {
        var entries = arguments.Entries;
        var seconds = StandingsBy(Metric.Seconds);
        foreach (var entry in entries)
        {
            if (arena.Cells.Except(seconds.Common(entry)).ToList() is { Count: > 0 } missing)
                output.WriteLine($"{entry.Name} has not run with every seed on {string.Join(", ", missing)}.");
        }

        if (seconds.Cells.Count == 0)
        {
            output.WriteLine("There are no results.");
            return false;
        }

        Standings[] standings = [.. Metric.OfQuality.Select(StandingsBy).Where(ofMetric => ofMetric.Cells.Count > 0)];
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

        Standings StandingsBy(Metric metric)
        {
            var values = new Dictionary<(Cell Cell, Entry Entry), double[]>();
            foreach (var cell in arena.Cells.Where(cell => metric.Measures(cell.Table.Predicted)))
            {
                var rows = arena.RowsOf(cell.Table);
                foreach (var entry in entries)
                {
                    var runs = arguments.Seeds.Select(seed => results.Find(cell, seed, entry.For(rows).Name, entry.SettingsIn(arguments.Build))).ToArray();
                    if (!runs.Contains(null))
                        values[(cell, entry)] = [.. runs.Select(run => metric.Of(run!) ?? double.NaN)];
                }
            }

            return new Standings(metric, values);
        }
    }
}
