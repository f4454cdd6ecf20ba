namespace TabularLeague;

/// <summary>Runs by what they ran.</summary>
internal sealed class Results(IEnumerable<Run> runs)
{
    private readonly ILookup<(string Table, int Rows, int Seed, string Trainer), Run> _runs =
        runs.ToLookup(run => (run.Table, run.Rows, run.Seed, run.Trainer));

    /// <summary>The latest run with the settings, or where these are null with any; null where there is none.</summary>
    public Run? Find(Cell cell, int seed, string trainer, string? settings) =>
        _runs[(cell.Table.Name, cell.Rows, seed, trainer)].LastOrDefault(run => settings is null || run.Settings == settings);
}
