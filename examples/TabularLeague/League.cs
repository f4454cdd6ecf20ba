namespace TabularLeague;

/// <summary>Plays the matches that have no result yet, one at a time.</summary>
internal static class League
{
    /// <summary>Fits and measures, and says so.</summary>
    /// <returns>How many fits failed.</returns>
    public static int Play(Arguments arguments, Arena arena, ResultsFile file, TextWriter output)
    {
        var failures = 0;
        foreach (var seed in arguments.Seeds)
        {
            foreach (var cell in arena.Cells)
            {
                var rows = arena.RowsOf(cell.Table);
                var match = new Match(cell, rows, seed);
                foreach (var entry in arguments.Entries.Where(entry => entry.RunsIn(arguments.Build)).Select(entry => entry.For(rows)).Distinct())
                {
                    // Another process may have played in the meantime.
                    if (file.Read().Find(cell, seed, entry.Name, entry.Contestant.Settings) is not null)
                        continue;
                    var run = match.Play(entry);
                    file.Add(run);
                    output.WriteLine($"seed {seed}  {cell,-26} {entry.Name,-20} {Figures(run)}");
                    if (run.Failure is not null)
                        failures++;
                }
            }
        }

        return failures;
    }

    private static string Figures(Run run) => run.Failure is { } failure
        ? $"FAILED: {failure}"
        : string.Join("  ", Metric.OfQuality.Append(Metric.Seconds).Where(metric => metric.Of(run) is not null)
            .Select(metric => $"{metric.Name} {metric.Of(run)!.Value.ToString(metric.Format, null)}"));
}
