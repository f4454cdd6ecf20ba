namespace TabularLeague;

/// <summary>Runs by what they ran.</summary>
internal sealed class Results(IEnumerable<Run> runs)
{
    private readonly ILookup<(string Table, int Rows, int Seed, string Trainer), Run> _runs =
        runs.ToLookup(run => (run.Table, run.Rows, run.Seed, run.Trainer));

    /// <summary>The latest run with the entry's settings; of an entry that is of another build, with any. Null where there is none.</summary>
    public Run? Find(Cell cell, int seed, Entry entry, bool isOfThisBuild) => _runs[(cell.Table.Name, cell.Rows, seed, entry.Name)]
        .LastOrDefault(run => !isOfThisBuild || run.Settings == entry.Contestant.Settings);
}
