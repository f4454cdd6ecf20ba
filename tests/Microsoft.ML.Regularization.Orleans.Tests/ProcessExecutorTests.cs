using System.Diagnostics;
using System.Globalization;
using DistributedSearch;

namespace Microsoft.ML.Regularization.Orleans.Tests;

/// <summary>Trials in other processes: those of <c>examples/DistributedSearch</c>.</summary>
[TestClass]
public sealed class ProcessExecutorTests
{
    private static readonly DigitSearch Digits = new("tiny");

    [TestMethod]
    public void Workers_that_are_killed_change_nothing()
    {
        var alone = Search(new SearchOptions());
        using var executor = new ProcessExecutor(Options("tiny") with { ThreadsPerTrial = 1 });
        var killed = 0;
        var result = Search(new SearchOptions
        {
            Executor = executor,
            Progress = new Callback(trial =>
            {
                // The process that has just trained, which may have the next trial by now.
                if (++killed is 2 or 4)
                    Kill(int.Parse(trial.Worker!.Split(' ')[^1], CultureInfo.InvariantCulture));
            }),
        });
        CollectionAssert.AreEqual(WithoutPlace(alone), WithoutPlace(result));
        CollectionAssert.AreEqual(Weights(alone), Weights(result));
        Assert.IsTrue(result.Trials.All(trial => !trial.Worker!.EndsWith($" {Environment.ProcessId}", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void A_worker_with_another_space_refuses()
    {
        using var executor = new ProcessExecutor(Options("small"));
        Assert.Contains("this process has", Assert.ThrowsExactly<InvalidOperationException>(() => Search(new SearchOptions { Executor = executor })).Message);
    }

    [TestMethod]
    public void A_program_that_is_no_worker_is_named()
    {
        using var executor = new ProcessExecutor(new ProcessExecutorOptions { FileName = "dotnet", Arguments = ["--version"] });
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Search(new SearchOptions { Executor = executor }));
        Assert.Contains("TrialWorker.RunIfAsked", error.Message);
        Assert.Contains("ended with code", error.Message);
    }

    [TestMethod]
    public void A_program_that_is_not_there_is_named()
    {
        using var executor = new ProcessExecutor(new ProcessExecutorOptions { FileName = "no-such-program" });
        Assert.Contains("no-such-program", Assert.ThrowsExactly<InvalidOperationException>(() => Search(new SearchOptions { Executor = executor })).Message);
    }

    private static ProcessExecutorOptions Options(string size) => new() { Processes = 2, FileName = "dotnet", Arguments = [KilledSiloTests.Program, size] };

    private static void Kill(int process)
    {
        using var worker = Process.GetProcessById(process);
        worker.Kill();
        worker.WaitForExit();
    }

    private static SearchResult Search(SearchOptions options) =>
        new MLContext(seed: 1).Regularization().Search(Digits.MakeRunner(), new SearchBudget { Trials = 4 }, options);

    private static List<TrialResult> WithoutPlace(SearchResult result) => [.. result.Trials.Select(trial => trial with { Seconds = 0, Worker = null })];

    private static List<float> Weights(SearchResult result) => [.. result.Model.GetNeuralNetwork().Weights.SelectMany(tensor => tensor.Values.ToArray())];

    private sealed class Callback(Action<TrialResult> report) : IProgress<TrialResult>
    {
        public void Report(TrialResult value) => report(value);
    }
}
