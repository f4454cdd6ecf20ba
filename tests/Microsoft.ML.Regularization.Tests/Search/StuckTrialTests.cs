using Microsoft.ML.Regularization.Tests.Training.Checkpoints;

namespace Microsoft.ML.Regularization.Tests.Search;

/// <summary>Trials in this process that end no epoch any more.</summary>
[TestClass]
public sealed class StuckTrialTests
{
    private static readonly TimeSpan StallTime = TimeSpan.FromHours(1);
    private static readonly TimeSpan InterruptTime = TimeSpan.FromMinutes(1);

    private readonly FakeClock _clock = new();

    [TestMethod]
    public void One_that_is_slow_once_goes_on_from_its_checkpoint_and_ends_the_same()
    {
        var epochs = 0;
        var result = Search(_ =>
        {
            // In the midst of a stretch of six epochs.
            if (++epochs == 24)
                _clock.Advance(StallTime);
        });
        Assert.AreEqual(32, epochs, "no epoch is trained twice");
        SearchExample.AssertSame(SearchExample.Uninterrupted, result);
    }

    [TestMethod]
    public void Epochs_that_end_in_time_are_no_stall_however_many_there_are()
    {
        var result = Search(_ => _clock.Advance(StallTime - TimeSpan.FromTicks(1)));
        SearchExample.AssertSame(SearchExample.Uninterrupted, result);
    }

    [TestMethod]
    public void One_that_is_slow_again_and_again_has_failed_and_others_go_on()
    {
        var ml = new MLContext(seed: 1);
        var space = SearchExample.Space(ml).Start("slow", options => options with { Progress = new SearchExample.EpochCallback(_ => _clock.Advance(StallTime)) });
        var result = SearchExample.Search(
            new SearchOptions { Clock = _clock, Rungs = 1 },
            new SearchBudget { Trials = 5 },
            new TrialRunner(ml, ml.Data.LoadFromEnumerable(Example.Clusters(90)), space));
        Assert.AreEqual("No epoch ended for 01:00:00 (StallTime). Tries: 3.", result.Trials[2].Failure);
        Assert.HasCount(4, result.Trials.Where(trial => trial.Value is not null));
    }

    [TestMethod]
    public void One_that_cannot_be_interrupted_is_left_behind_and_others_go_on()
    {
        var result = SearchWhereTheFourthHangs(new SearchOptions(), () => Task.Run(() => _clock.Advance(StallTime)));
        Assert.AreEqual("No epoch ended for 01:00:00 (StallTime). It could not be interrupted either: its thread is left behind.", result.Trials[3].Failure);
        Assert.HasCount(11, result.Trials.Where(trial => trial.Value is not null));
    }

    [TestMethod]
    public void A_search_that_is_cancelled_does_not_wait_for_one_that_cannot_be_interrupted()
    {
        using var source = new CancellationTokenSource();
        var result = SearchWhereTheFourthHangs(new SearchOptions { CancellationToken = source.Token }, source.Cancel);
        Assert.AreEqual(SearchStopReason.Cancelled, result.StopReason);
        Assert.HasCount(3, result.Trials);
    }

    [TestMethod]
    public void Where_a_stuck_worker_keeps_the_trial_s_folder_the_next_one_goes_on_beside_it()
    {
        using var folder = new TemporaryFolder();
        var runner = SearchExample.Runner();
        var request = SearchExample.Request(folder.Path, runner) with { Trial = new Trial { Number = 2, Start = "fast" }, CheckpointInterval = TimeSpan.FromHours(1) };
        var expected = runner.Run(request);
        var model = SearchExample.WeightsOf(runner.Context.Model.Load(TrialFolder.ModelOf(folder.Path, 2), out _));

        runner.Run(request with { Trial = new Trial { Number = 3, Start = "fast" }, Share = 1.0 / 3 });
        using (TrialFolder.Open(folder.Path, 3, TimeProvider.System, CancellationToken.None))
        {
            var epochs = new List<int>();
            var beside = new TrialRunner(runner.Context, runner.Data, runner.Space) { Clock = new FakeClock { Step = TimeSpan.FromSeconds(40) } };
            var result = beside.Run(request with { Trial = new Trial { Number = 3, Start = "fast" } }, new SearchExample.EpochCallback(report => epochs.Add(report.Epoch)));
            CollectionAssert.AreEqual(Enumerable.Range(4, 6).ToList(), epochs, "from the checkpoint");
            Assert.AreEqual(expected.Value, result.Value);
            CollectionAssert.AreEqual(model, SearchExample.WeightsOf(runner.Context.Model.Load(TrialFolder.ModelOf(folder.Path, 3), out _)));
        }
    }

    private SearchResult Search(Action<EpochReport> report, SearchOptions? options = null) => SearchExample.Search(
        (options ?? new SearchOptions()) with { Clock = _clock },
        runner: SearchExample.Runner(options: SearchExample.Options with { Progress = new SearchExample.EpochCallback(report) }));

    private SearchResult SearchWhereTheFourthHangs(SearchOptions options, Action then)
    {
        using var folder = new TemporaryFolder();
        using var end = new ManualResetEventSlim();
        _clock.TimerSet = due =>
        {
            if (due == InterruptTime)
                Task.Run(() => _clock.Advance(InterruptTime));
        };
        var (epochs, hanging) = (0, Thread.CurrentThread);
        var result = Search(
            _ =>
            {
                if (++epochs != 4)
                    return;
                hanging = Thread.CurrentThread;
                then();
                end.Wait();
            },
            options with { Folder = folder.Path });

        end.Set();
        hanging.Join();
        return result;
    }
}
