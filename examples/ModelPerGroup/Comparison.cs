using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization;

namespace ModelPerGroup;

/// <summary>The common model, a model of each group's rows alone, and FitEach, on the same rows.</summary>
internal static class Comparison
{
    // As FitEach has it: smaller groups have no network of their own.
    private const int MinRows = 10;

    /// <param name="table">The table.</param>
    /// <param name="seed">Of its rows, and of everything that is drawn.</param>
    /// <param name="fitsAlone">Whether each group's rows are trained on alone.</param>
    public static Figures Of(IGroupTable table, int seed, bool fitsAlone = true)
    {
        var ml = new MLContext(seed);
        var (train, test) = table.Load(ml, seed);
        var groups = train.GetColumn<string>(IGroupTable.GroupBy).CountBy(name => name).Where(group => group.Value >= MinRows).Select(group => group.Key).ToHashSet();
        var tested = Of(ml, test, groups);
        var each = Timed(() => Each(ml, table, train));
        var common = Timed(() => table.Pipeline(ml).Fit(train));
        var alone = fitsAlone ? Timed(() => groups.ToDictionary(group => group, group => Alone(ml, table, Of(ml, train, [group])))) : default;
        return new Figures(
            groups.Count,
            (table.ErrorOf(table.Read(common.Result.Transform(tested))), common.Seconds),
            fitsAlone ? (table.ErrorOf([.. groups.SelectMany(group => alone.Result[group](Of(ml, test, [group])))]), alone.Seconds) : null,
            (table.ErrorOf(table.Read(each.Result.Transform(tested))), each.Seconds),
            each.Result.GetGroups().Pull);
    }

    private static TransformerChain<ITransformer> Each(MLContext ml, IGroupTable table, IDataView sales)
    {
        var pipeline = table.Pipeline(ml);

        // begin fitEach
        var model = ml.Regularization().FitEach(pipeline, sales, "Group", new GroupOptions { Progress = new Shown() });
        // end fitEach
        return model;
    }

    // Of rows of one class there is nothing to train; their share is all that they tell.
    private static Func<IDataView, IReadOnlyList<Predicted>> Alone(MLContext ml, IGroupTable table, IDataView rows)
    {
        try
        {
            var model = table.Pipeline(ml).Fit(rows);
            return tested => table.Read(model.Transform(tested));
        }
        catch (InvalidOperationException)
        {
            var flags = rows.GetColumn<bool>("Label").ToList();
            var share = (1.0 + flags.Count(flag => flag)) / (2 + flags.Count);
            return tested => [.. tested.GetColumn<bool>("Label").Select(flag => new Predicted(flag ? 1 : 0, share))];
        }
    }

    private static IDataView Of(MLContext ml, IDataView rows, HashSet<string> groups) =>
        ml.Data.FilterByCustomPredicate<Grouped>(rows, row => !groups.Contains(row.Group));

    private static (T Result, double Seconds) Timed<T>(Func<T> work)
    {
        var start = Stopwatch.GetTimestamp();
        var result = work();
        return (result, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private sealed class Grouped
    {
        public string Group { get; set; } = "";
    }

    private sealed class Shown : IProgress<GroupProgress>
    {
        public void Report(GroupProgress value)
        {
            if (value.Done % 100 == 0 || value.Done == value.Total)
                Console.Error.WriteLine($"{(value.IsComparing ? "compared" : "trained")} {value.Done} of {value.Total}");
        }
    }
}
