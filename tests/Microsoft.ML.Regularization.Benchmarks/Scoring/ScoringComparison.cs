using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Microsoft.ML.Regularization.Benchmarks.Scoring;

/// <summary>Runs the library and plain TorchSharp in turns, each in fresh processes.</summary>
internal static class ScoringComparison
{
    private const int Turns = 5;
    private const double Seconds = 4;

    private static readonly Dictionary<string, Func<ScoringWorkload, double, ScoringSpeed>> Sides = new()
    {
        [nameof(PlainScoring.OneRow)] = PlainScoring.OneRow,
        [nameof(PlainScoring.Rows)] = PlainScoring.Rows,
        ["Library" + nameof(LibraryScoring.OneRow)] = LibraryScoring.OneRow,
        ["Library" + nameof(LibraryScoring.Rows)] = LibraryScoring.Rows,
        ["Library" + nameof(LibraryScoring.RowsInParallel)] = LibraryScoring.RowsInParallel,
    };

    /// <summary>
    /// The command: compares, or is one of the processes that are compared. Comparing, it takes a part of the names of those networks to compare, and a document
    /// (.md) whose table is written anew, or of which these rows are.
    /// </summary>
    public static void Run(string[] args)
    {
        if (args is [var side, var index, var seconds])
        {
            var workload = ScoringWorkload.All[int.Parse(index, CultureInfo.InvariantCulture)];
            Console.WriteLine(JsonSerializer.Serialize(Sides[side](workload, double.Parse(seconds, CultureInfo.InvariantCulture))));
            return;
        }

        var document = args.FirstOrDefault(argument => argument.EndsWith(".md", StringComparison.Ordinal));
        if (args.FirstOrDefault(argument => argument != document) is { } name)
        {
            var rows = Rows(name);
            Console.WriteLine(rows);
            if (document is not null)
                new DocumentTable("scoring").Update(document, rows);
            return;
        }

        var table = Rows("") + "\n" + OneRow();
        Console.WriteLine(table);
        if (document is not null)
            new DocumentTable("scoring").Write(document, table);
    }

    private static string Rows(string name)
    {
        var table = new StringBuilder(
            "| network | rows | plain TorchSharp, rows/s | library, one cursor, rows/s | ratio | library, cursors for all processors, rows/s | ratio "
            + "| bytes a row |\n"
            + "|---|---:|---:|---:|---:|---:|---:|---:|\n");
        for (var index = 0; index < ScoringWorkload.All.Count; index++)
        {
            var workload = ScoringWorkload.All[index];
            if (!workload.Name.Contains(name, StringComparison.OrdinalIgnoreCase))
                continue;
            var speeds = InTurns(index, nameof(PlainScoring.Rows), "Library" + nameof(LibraryScoring.Rows), "Library" + nameof(LibraryScoring.RowsInParallel));
            var (plain, one, all) = (speeds[0], speeds[1], speeds[2]);
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {workload.Name} | {workload.Rows:N0} | {Median(plain, speed => speed.RowsPerSecond):N0} | {Median(one, speed => speed.RowsPerSecond):N0} "
                + $"| {Ratio(one, plain):0.00} | {Median(all, speed => speed.RowsPerSecond):N0} | {Ratio(all, plain):0.00} "
                + $"| {Median(one, speed => speed.BytesPerRow):0.0} |\n");
        }

        return table.ToString();
    }

    private static string OneRow()
    {
        var table = new StringBuilder("| one row | | median, microseconds | bytes |\n|---|---|---:|---:|\n");
        for (var index = 0; index < ScoringWorkload.OneRowWorkloads; index++)
        {
            var speeds = InTurns(index, nameof(PlainScoring.OneRow), "Library" + nameof(LibraryScoring.OneRow));
            foreach (var (name, side) in new[] { ("plain TorchSharp, forward", speeds[0]), ("library, PredictionEngine.Predict", speeds[1]) })
            {
                var time = Median(side, speed => 1e6 / speed.RowsPerSecond);
                table.Append(
                    CultureInfo.InvariantCulture,
                    $"| {ScoringWorkload.All[index].Name} | {name} | {time:0.0} | {Median(side, speed => speed.BytesPerRow):0} |\n");
            }
        }

        return table.ToString();
    }

    private static List<ScoringSpeed>[] InTurns(int index, params string[] sides)
    {
        var speeds = Array.ConvertAll(sides, _ => new List<ScoringSpeed>());
        for (var turn = 0; turn < Turns; turn++)
        {
            for (var side = 0; side < sides.Length; side++)
            {
                var place = index.ToString(CultureInfo.InvariantCulture);
                speeds[side].Add(FreshProcess.Run<ScoringSpeed>("scoring", sides[side], place, Seconds.ToString(CultureInfo.InvariantCulture)));
                Console.Error.WriteLine($"{ScoringWorkload.All[index].Name}, {sides[side]}: {speeds[side][^1].RowsPerSecond:0} rows/s, {speeds[side][^1].ProcessorMicroseconds:0.00} us of processors a row");
            }
        }

        return speeds;
    }

    private static double Ratio(List<ScoringSpeed> speeds, List<ScoringSpeed> to) =>
        Median([.. speeds.Zip(to, (one, other) => one.RowsPerSecond / other.RowsPerSecond)], ratio => ratio);

    private static double Median<T>(List<T> values, Func<T, double> read)
    {
        var sorted = values.Select(read).Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
