using System.Globalization;

namespace FineTuningExample;

/// <summary>The runs of one set with one number of training rows.</summary>
/// <param name="Set">The set.</param>
/// <param name="PerClass">Training rows of each class.</param>
/// <param name="Methods">The methods that have run, in order.</param>
/// <param name="Runs">Theirs.</param>
internal sealed record Cell(string Set, int PerClass, IReadOnlyList<string> Methods, ILookup<string, Run> Runs)
{
    /// <summary>All cells, by set and number.</summary>
    public static IReadOnlyList<Cell> Of(IEnumerable<Run> runs, IEnumerable<string> methods) =>
    [
        .. runs.GroupBy(run => (run.Set, run.PerClass)).OrderBy(group => group.Key.Set, StringComparer.Ordinal).ThenBy(group => group.Key.PerClass)
            .Select(group => new Cell(group.Key.Set, group.Key.PerClass, [.. methods.Where(method => group.Any(run => run.Method == method))], group.ToLookup(run => run.Method))),
    ];

    /// <summary>Mean and standard deviation of the accuracy in percent; null where the method has not run.</summary>
    public (double Mean, double Deviation)? AccuracyOf(string method)
    {
        double[] values = [.. Runs[method].Select(run => 100 * run.Accuracy)];
        if (values.Length == 0)
            return null;
        var mean = values.Average();
        return (mean, values.Length == 1 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1)));
    }

    /// <summary>A method's place in the table.</summary>
    public string Describe(string method) => AccuracyOf(method) is not var (mean, deviation) ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{mean:0.0}{(Runs[method].Count() == 1 ? "" : $" ± {deviation:0.0}")} ({Runs[method].Average(run => run.Seconds):0})");
}
