using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Microsoft.ML.Regularization.Benchmarks.Report;

/// <summary>How long a report takes, and how large it is.</summary>
internal static class ReportCommand
{
    private const int Features = 20;
    private const int Turns = 3;

    /// <summary>The command: measures reports of few and many rows, and writes them into a document where one is named.</summary>
    public static void Run(string[] args)
    {
        var ml = new MLContext(seed: 1);
        var table = new StringBuilder("| model | rows | a pass over the predictions, s | report, s | report, kB |\n|---|---:|---:|---:|---:|\n");
        var path = Path.GetTempFileName();
        foreach (var effort in new[] { TrainingEffort.Quick, TrainingEffort.Standard })
        {
            var model = ml.BinaryClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions { Effort = effort, Seed = 1 }).Fit(new TableRows(2000, Features));
            foreach (var count in new[] { 10_000, 100_000 })
            {
                var rows = new TableRows(count, Features);
                var pass = Best(() => Pass(model.Transform(rows)));
                var report = Best(() => ml.Regularization().Report(model, rows, path));
                table.Append(CultureInfo.InvariantCulture, $"| {effort} | {count:N0} | {pass:0.0} | {report:0.0} | {new FileInfo(path).Length / 1024.0:0} |\n");
            }
        }

        File.Delete(path);
        Console.WriteLine(table);
        if (args is [var document])
            new DocumentTable("report").Write(document, table.ToString());
    }

    private static double Best(Action action) => Enumerable.Range(0, Turns).Min(_ =>
    {
        var clock = Stopwatch.StartNew();
        action();
        return clock.Elapsed.TotalSeconds;
    });

    private static void Pass(IDataView scored)
    {
        using var cursor = scored.GetRowCursor([scored.Schema["Probability"]]);
        var (getter, value) = (cursor.GetGetter<float>(scored.Schema["Probability"]), 0f);
        while (cursor.MoveNext())
            getter(ref value);
    }
}
