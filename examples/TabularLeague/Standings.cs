namespace TabularLeague;

/// <summary>How contestants do against each other by one metric, in the cells where all of them ran with all seeds.</summary>
internal sealed class Standings
{
    private readonly Dictionary<(Cell Cell, Entry Entry), double[]> _values = [];

    public Standings(Metric metric, Arena arena, Results results, IReadOnlyList<Entry> entries, IReadOnlyList<int> seeds, string build)
    {
        Metric = metric;
        var cells = new List<Cell>();
        foreach (var cell in arena.Cells.Where(cell => metric.Measures(cell.Table.Predicted)))
        {
            var rows = arena.RowsOf(cell.Table);
            var runs = entries.ToDictionary(
                entry => entry, entry => seeds.Select(seed => results.Find(cell, seed, entry.For(rows).Name, entry.SettingsIn(build))).ToArray());
            if (runs.Values.Any(ofEntry => ofEntry.Contains(null)))
                continue;
            cells.Add(cell);
            foreach (var (entry, ofEntry) in runs)
                _values[(cell, entry)] = [.. ofEntry.Select(run => metric.Of(run!) ?? double.NaN)];
        }

        Cells = cells;
    }

    public Metric Metric { get; }

    public IReadOnlyList<Cell> Cells { get; }

    /// <summary>The value of each seed; NaN where the run failed.</summary>
    public double[] Of(Cell cell, Entry entry) => _values[(cell, entry)];

    /// <summary>The rank by the mean over the seeds, averaged over the cells.</summary>
    public IReadOnlyDictionary<Entry, double> MeanRanks(IReadOnlyList<Entry> entries)
    {
        var ranks = Cells.Select(cell => Statistics.Ranks([.. entries.Select(entry => Metric.Cost(Of(cell, entry).Average()))])).ToList();
        return entries.Select((entry, index) => (entry, index)).ToDictionary(pair => pair.entry, pair => ranks.Average(ofCell => ofCell[pair.index]));
    }

    /// <summary>In how many cells the mean over the seeds is better, and worse; who fails loses.</summary>
    public (int Wins, int Losses) Against(Entry entry, Entry other) =>
        Games(Cells.Select(cell => (Of(cell, entry).Average(), Of(cell, other).Average())));

    /// <summary>The same for the seeds of all cells.</summary>
    public (int Wins, int Losses) RunsAgainst(Entry entry, Entry other) => Games(Cells.SelectMany(cell => Of(cell, entry).Zip(Of(cell, other))));

    /// <summary>The mean over the cells of the difference of the means as a share of their mean; NaN where there is none.</summary>
    public double MeanDifference(Entry entry, Entry other) => Cells
        .Select(cell => Statistics.RelativeDifference(Of(cell, entry).Average(), Of(cell, other).Average()))
        .Where(difference => !double.IsNaN(difference)).DefaultIfEmpty(double.NaN).Average();

    private (int Wins, int Losses) Games(IEnumerable<(double First, double Second)> values)
    {
        var outcomes = values.Select(pair => Statistics.Ranks([Metric.Cost(pair.First), Metric.Cost(pair.Second)])).ToList();
        return (outcomes.Count(ranks => ranks[0] < ranks[1]), outcomes.Count(ranks => ranks[0] > ranks[1]));
    }
}
