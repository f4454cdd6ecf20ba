namespace TabularLeague;

/// <summary>How contestants do against each other by one metric, in the cells where they ran with all seeds.</summary>
internal sealed class Standings
{
    private readonly IReadOnlyDictionary<(Cell Cell, Entry Entry), double[]> _values;

    /// <param name="metric">What the values are.</param>
    /// <param name="values">A value for each seed; NaN where the run failed.</param>
    public Standings(Metric metric, IReadOnlyDictionary<(Cell Cell, Entry Entry), double[]> values)
    {
        (Metric, _values) = (metric, values);
        Cells = [.. values.Keys.Select(key => key.Cell).Distinct()];
    }

    public Metric Metric { get; }

    /// <summary>Those where one of them ran.</summary>
    public IReadOnlyList<Cell> Cells { get; }

    public bool Has(Cell cell, Entry entry) => _values.ContainsKey((cell, entry));

    /// <summary>The value of each seed; NaN where the run failed.</summary>
    public double[] Of(Cell cell, Entry entry) => _values[(cell, entry)];

    /// <summary>Those where all of these ran.</summary>
    public IReadOnlyList<Cell> Common(params IEnumerable<Entry> entries) => [.. Cells.Where(cell => entries.All(entry => Has(cell, entry)))];

    /// <summary>
    /// The rank of each by the mean over the seeds, averaged over the cells where its field ran: itself and ML.NET's trainers, so that no rank of ours depends on
    /// how many others of ours there are. ML.NET's trainers are ranked beside the first of ours. NaN where there are none.
    /// </summary>
    public IReadOnlyDictionary<Entry, double> MeanRanks(IReadOnlyList<Entry> entries) =>
        entries.ToDictionary(entry => entry, entry => MeanRank(entry, Field(entry, entries)));

    /// <summary>How many are ranked together.</summary>
    public static int FieldSize(IReadOnlyList<Entry> entries) => entries.Max(entry => Field(entry, entries).Count);

    /// <summary>In how many cells the mean over the seeds is better, and worse; who fails loses.</summary>
    public (int Wins, int Losses) Against(Entry entry, Entry other) =>
        Games(Common(entry, other).Select(cell => (Of(cell, entry).Average(), Of(cell, other).Average())));

    /// <summary>The same for the seeds of all cells.</summary>
    public (int Wins, int Losses) RunsAgainst(Entry entry, Entry other) => Games(Common(entry, other).SelectMany(cell => Of(cell, entry).Zip(Of(cell, other))));

    /// <summary>The mean over the cells of the difference of the means as a share of their mean; NaN where there is none.</summary>
    public double MeanDifference(Entry entry, Entry other) => Common(entry, other)
        .Select(cell => Statistics.RelativeDifference(Of(cell, entry).Average(), Of(cell, other).Average()))
        .Where(difference => !double.IsNaN(difference)).DefaultIfEmpty(double.NaN).Average();

    private static List<Entry> Field(Entry entry, IReadOnlyList<Entry> entries)
    {
        var others = entries.Where(other => !other.Contestant.IsOurs).ToList();
        var ours = entry.Contestant.IsOurs ? entry : entries.FirstOrDefault(other => other.Contestant.IsOurs);
        return others.Count == 0 ? [.. entries] : ours is null ? others : [ours, .. others];
    }

    private double MeanRank(Entry entry, List<Entry> field) => Common(field)
        .Select(cell => Statistics.Ranks([.. field.Select(one => Metric.Cost(Of(cell, one).Average()))])[field.IndexOf(entry)])
        .DefaultIfEmpty(double.NaN).Average();

    private (int Wins, int Losses) Games(IEnumerable<(double First, double Second)> values)
    {
        var outcomes = values.Select(pair => Statistics.Ranks([Metric.Cost(pair.First), Metric.Cost(pair.Second)])).ToList();
        return (outcomes.Count(ranks => ranks[0] < ranks[1]), outcomes.Count(ranks => ranks[0] > ranks[1]));
    }
}
