using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Benchmarks.Explanations;

/// <summary>How long explanations take, whether they add up, and how near few background rows are to many.</summary>
internal static class ExplanationCommand
{
    private const int Features = 20;
    private const int ExplainedRows = 50;
    private const int ScoredRows = 10_000;
    private const int ManyRows = 1000;

    private static readonly (string Name, NeuralNetworkOptions Options)[] Models =
    [
        ("RealMlp", new() { Architecture = NetworkArchitecture.RealMlp(), MaxEpochs = 30, Seed = 1 }),
        ("TabM", new() { Architecture = NetworkArchitecture.TabM(), MaxEpochs = 30, Seed = 1 }),
        ("the default", new() { Seed = 1 }),
    ];

    /// <summary>The command: writes the table into a document where one is named.</summary>
    public static void Run(string[] args)
    {
        var ml = new MLContext(seed: 1);
        var table = new StringBuilder("| model | networks | a row scored, us | groups | networks of each | a row explained, ms | adds up within | off each of 1,000 rows |\n|---|---:|---:|---:|---:|---:|---:|---:|\n");
        foreach (var (name, options) in Models)
        {
            var train = new TableRows(2000, Features);
            using var model = ml.BinaryClassification.Trainers.NeuralNetwork(options).Fit(train);
            var scored = model.Transform(new TableRows(ExplainedRows, Features));
            var scores = scored.GetColumn<float>("Score").ToArray();
            var more = model.Transform(new TableRows(ScoredRows, Features));
            var scoring = Best(() => _ = more.GetColumn<float>("Score").ToList()) / ScoredRows * 1e6;
            var networks = Math.Max(1, model.GetNeuralNetwork().Members.Count);
            var many = Explain(ml, model.Transform(train), scored, ManyRows, networks).Rows;
            foreach (var (groups, each) in Cases(networks))
            {
                var (rows, bases, seconds) = Explain(ml, model.Transform(train), scored, groups, each);
                var error = rows.Select((row, i) => Math.Abs(scores[i] - bases[i] - row.Sum(value => (double)value))).Max();
                var off = rows.Zip(many, (row, other) => row.Zip(other, (few, all) => Math.Abs(few - (double)all)).Sum()).Sum() / many.Sum(row => row.Sum(value => Math.Abs((double)value)));
                table.Append(CultureInfo.InvariantCulture, $"| {name} | {networks} | {scoring:0} | {groups} | {each} | {seconds / ExplainedRows * 1000:0.00} | {error:0.0e+0} | {off:0 %} |\n");
            }
        }

        Console.WriteLine(table);
        if (args is [var document])
            new DocumentTable("explain").Write(document, table.ToString());
    }

    private static IEnumerable<(int Groups, int Networks)> Cases(int networks)
    {
        if (networks == 1)
            return new[] { 1, 4, 8, 16, 64 }.Select(groups => (groups, 1));
        return [(8, networks), (16, networks), (64, networks), (16, 1), (32, 1), (64, 1), (64, 2), (128, 1)];
    }

    private static (List<float[]> Rows, List<float> Bases, double Seconds) Explain(MLContext ml, IDataView train, IDataView scored, int groups, int networks)
    {
        var explained = ml.Transforms.Explain(new ExplanationOptions { Groups = groups, NetworksOfGroup = networks }).Fit(train).Transform(scored);
        var seconds = groups == ManyRows ? 0 : SecondsOf(explained);
        return ([.. explained.GetColumn<float[]>("Contributions")], [.. explained.GetColumn<float>("ContributionBase")], seconds);
    }

    // The best of several tries of each row: other programs interrupt some of them.
    private static double SecondsOf(IDataView explained)
    {
        const int LeastTries = 4;
        const double LeastSeconds = 2;
        var (best, whole) = (Enumerable.Repeat(double.MaxValue, ExplainedRows).ToArray(), Stopwatch.StartNew());
        for (var tries = 0; tries < LeastTries || whole.Elapsed.TotalSeconds < LeastSeconds; tries++)
        {
            using var cursor = explained.GetRowCursor([explained.Schema["Contributions"]]);
            var getter = cursor.GetGetter<VBuffer<float>>(explained.Schema["Contributions"]);
            VBuffer<float> contributions = default;
            while (cursor.MoveNext())
            {
                var clock = Stopwatch.GetTimestamp();
                getter(ref contributions);
                best[cursor.Position] = Math.Min(best[cursor.Position], Stopwatch.GetElapsedTime(clock).TotalSeconds);
            }
        }

        return best.Sum();
    }

    private static double Best(Action action) => Enumerable.Range(0, 4).Min(_ =>
    {
        var clock = Stopwatch.StartNew();
        action();
        return clock.Elapsed.TotalSeconds;
    });
}
