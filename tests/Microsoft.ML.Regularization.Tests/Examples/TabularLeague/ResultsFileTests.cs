using TabularLeague;

namespace Microsoft.ML.Regularization.Tests.Examples;

[TestClass]
public sealed class ResultsFileTests
{
    private static readonly Cell Cell = new(new Table("toy", Prediction.Number, "label", "toy.csv"), 300);

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string Path => System.IO.Path.Combine(_folder, "deeper", "runs.jsonl");

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void The_latest_run_counts_and_only_with_the_same_settings()
    {
        var file = new ResultsFile(Path);
        Assert.IsNull(file.Read().Find(Cell, 1, "A", "x"));
        file.Add(Of("A", seed: 1, "x") with { Rmse = 0.5 });
        file.Add(Of("A", seed: 1, "x") with { Rmse = 0.25 });
        file.Add(Of("A", seed: 1, "y") with { Failure = "broken" });
        var results = new ResultsFile(Path).Read();
        Assert.AreEqual(0.25, results.Find(Cell, 1, "A", "x")!.Rmse);
        Assert.AreEqual("broken", results.Find(Cell, 1, "A", settings: null)!.Failure);
        Assert.IsNull(results.Find(Cell, 1, "A", "z"));
        Assert.IsNull(results.Find(Cell, 2, "A", "x"));
        Assert.IsNull(results.Find(Cell with { Rows = 301 }, 1, "A", "x"));
    }

    [TestMethod]
    public void A_trainer_is_forgotten_until_it_runs_again()
    {
        var file = new ResultsFile(Path);
        file.Add(Of("A", 1, ""));
        file.Add(Of("B", 1, ""));
        file.Forget("A");
        Assert.IsNull(file.Read().Find(Cell, 1, "A", ""));
        Assert.IsNotNull(file.Read().Find(Cell, 1, "B", ""));
        file.Add(Of("A", 1, ""));
        Assert.IsNotNull(file.Read().Find(Cell, 1, "A", ""));
    }

    [TestMethod]
    public void Several_writers_lose_no_line()
    {
        Parallel.For(0, 8, writer =>
        {
            for (var seed = 0; seed < 20; seed++)
            {
                new ResultsFile(Path).Add(Of($"writer {writer}", seed, ""));
                _ = new ResultsFile(Path).Read();
            }
        });
        var results = new ResultsFile(Path).Read();
        Assert.IsTrue(Enumerable.Range(0, 8).All(writer => Enumerable.Range(0, 20).All(seed => results.Find(Cell, seed, $"writer {writer}", "") is not null)));
    }

    private static Run Of(string trainer, int seed, string settings) =>
        new() { Table = Cell.Table.Name, Rows = Cell.Rows, Seed = seed, Trainer = trainer, Settings = settings };
}
