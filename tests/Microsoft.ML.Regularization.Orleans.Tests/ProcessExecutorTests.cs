using System.Diagnostics;
using System.Globalization;

namespace Microsoft.ML.Regularization.Orleans.Tests;

/// <summary>Trials in other processes: those of <c>examples/DistributedSearch</c>.</summary>
[TestClass]
public sealed class ProcessExecutorTests
{
    private static readonly TimeSpan StallTime = TimeSpan.FromHours(1);
    private static readonly TimeSpan InterruptTime = TimeSpan.FromMinutes(1);

    [TestMethod]
    public void Workers_that_are_killed_change_nothing()
    {
        var alone = Search(new SearchOptions());
        using var executor = new ProcessExecutor(Options("tiny") with { ThreadsPerTrial = 1 });
        var killed = 0;
        var result = Search(new SearchOptions
        {
            Executor = executor,
            Progress = new DigitSearches.Callback(trial =>
            {
                // The process that has just trained, which may have the next trial by now.
                if (++killed is 2 or 4)
                    Kill(int.Parse(trial.Worker!.Split(' ')[^1], CultureInfo.InvariantCulture));
            }),
        });
        DigitSearches.AssertSame(alone, result);
        Assert.IsTrue(result.Trials.All(trial => !trial.Worker!.EndsWith($" {Environment.ProcessId}", StringComparison.Ordinal)));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void A_worker_that_is_stuck_is_killed_and_its_trial_goes_on_in_another_one()
    {
        var alone = Search(new SearchOptions());
        var result = SearchStopping(stalls: 1, maxDeaths: 3, out var stopped);
        DigitSearches.AssertSame(alone, result);
        Assert.IsTrue(stopped.HasExited);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void A_trial_whose_workers_are_stuck_again_and_again_has_failed_and_others_go_on()
    {
        var result = SearchStopping(stalls: 2, maxDeaths: 2, out var stopped);
        Assert.AreEqual("No epoch ended for 01:00:00 (StallTime). Tries: 2.", result.Trials.Single(trial => trial.Failure is not null).Failure);
        Assert.HasCount(3, result.Trials.Where(trial => trial.Value is not null));
        Assert.IsTrue(stopped.HasExited);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void A_full_disk_is_an_error_that_names_the_file_and_the_search_goes_on_later()
    {
        using var executor = new ProcessExecutor(Options("tiny") with { ThreadsPerTrial = 1 });
        DigitSearches.AssertGoesOnAfterAFullDisk(executor);
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

    // The process that has trained two trials is stopped in its tracks: it is there, and does nothing any more.
    private static SearchResult SearchStopping(int stalls, int maxDeaths, out Process stopped)
    {
        var clock = new FakeClock();
        var (results, left, victim) = (0, 0, (Process?)null);
        clock.TimerSet = due =>
        {
            if (due == StallTime && left > 0)
            {
                left--;
                Task.Run(() => clock.Advance(StallTime));
            }
            else if (due == InterruptTime)
            {
                Task.Run(() => clock.Advance(InterruptTime));
            }
        };
        using var executor = new ProcessExecutor(Options("tiny") with { Processes = 1, ThreadsPerTrial = 1, MaxDeaths = maxDeaths, Clock = clock });
        var result = Search(new SearchOptions
        {
            Executor = executor,
            StallTime = StallTime,
            Progress = new DigitSearches.Callback(trial =>
            {
                if (++results != 2)
                    return;
                victim = Process.GetProcessById(int.Parse(trial.Worker!.Split(' ')[^1], CultureInfo.InvariantCulture));
                Process.Start("kill", ["-STOP", $"{victim.Id}"]).WaitForExit();
                left = stalls;
            }),
        });
        stopped = victim!;
        return result;
    }

    private static void Kill(int process)
    {
        using var worker = Process.GetProcessById(process);
        worker.Kill();
        worker.WaitForExit();
    }

    private static SearchResult Search(SearchOptions options) => DigitSearches.Search(options, trials: 4);
}
