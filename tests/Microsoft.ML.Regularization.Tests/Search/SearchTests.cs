using Microsoft.ML.Regularization.Tests.Training.Checkpoints;

namespace Microsoft.ML.Regularization.Tests.Search;

/// <summary>Searches of real trainings: halving, resuming, budgets.</summary>
[TestClass]
public sealed class SearchTests
{
    [TestMethod]
    public void It_tries_what_was_given_then_draws_and_returns_the_best_model()
    {
        var reports = new List<TrialResult>();
        var runner = SearchExample.Runner();
        var result = SearchExample.Search(new SearchOptions { Progress = new SearchExample.Callback(reports.Add) }, runner: runner);
        Assert.AreEqual(SearchStopReason.Trials, result.StopReason);
        Assert.HasCount(12, result.Trials);
        Assert.AreEqual("as given", runner.Space.Describe(result.Trials[0].Trial));
        Assert.AreEqual("fast", runner.Space.Describe(result.Trials[1].Trial));
        Assert.HasCount(10, result.Trials.Where(trial => trial.Trial.Values.Count == 4));

        // Nine trials of the first round, three of them, one of these; and three of the second round, of which one goes on.
        Assert.AreEqual(12, reports.Count(report => report.Epochs == 1));
        Assert.AreEqual(4, reports.Count(report => report.Epochs == 3));
        Assert.AreEqual(2, reports.Count(report => report.Epochs == 9));
        Assert.AreEqual(result.Trials.Min(trial => trial.Value), result.Best.Value);

        // The model is that of the best trial, and has what the trial's options say.
        var network = result.Model.GetNeuralNetwork();
        Assert.AreEqual(result.Options.Architecture, network.Architecture);
        Assert.AreEqual(result.Best.Value, network.History.Epochs[network.History.ModelEpoch - 1].ValidationLoss);
        Assert.Contains("LearningRate", result.ToString());
    }

    [TestMethod]
    public void A_trial_that_goes_on_ends_with_the_weights_of_one_that_was_trained_through()
    {
        var result = SearchExample.Search(new SearchOptions { Seed = 5 });
        Assert.AreEqual(9, result.Best.Epochs, "three stretches of training");
        var ml = new MLContext(seed: 1);
        var through = SearchExample.Space(ml).Pipeline(result.Options with { Seed = 5 }).Fit(ml.Data.LoadFromEnumerable(Example.Clusters(90)));
        CollectionAssert.AreEqual(SearchExample.WeightsOf(through), SearchExample.WeightsOf(result.Model));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(12)]
    [DataRow(15)]
    public void Ended_at_any_moment_it_goes_on_and_finds_the_same(int after)
    {
        using var folder = new TemporaryFolder();
        var count = 0;
        var crash = new SearchOptions
        {
            Folder = folder.Path,
            Progress = new SearchExample.Callback(_ =>
            {
                if (++count == after)
                    throw new NotSupportedException("crash");
            }),
        };
        Assert.ThrowsExactly<NotSupportedException>(() => SearchExample.Search(crash));
        var trained = 0;
        var resumed = SearchExample.Search(new SearchOptions { Folder = folder.Path, Progress = new SearchExample.Callback(_ => trained++) });
        Assert.AreEqual(18 - after, trained, "what is in the journal is not trained again");
        SearchExample.AssertSame(SearchExample.Uninterrupted, resumed);

        // Once more, it only reads what there is.
        SearchExample.AssertSame(resumed, SearchExample.Search(new SearchOptions { Folder = folder.Path, Progress = new SearchExample.Callback(_ => Assert.Fail("trained")) }));
    }

    [TestMethod]
    public void With_a_greater_budget_it_goes_on_as_if_it_had_had_it_from_the_start()
    {
        using var folder = new TemporaryFolder();
        SearchExample.Search(new SearchOptions { Folder = folder.Path }, new SearchBudget { Trials = 4 });
        var raised = SearchExample.Search(new SearchOptions { Folder = folder.Path });
        SearchExample.AssertSame(SearchExample.Uninterrupted, raised);
    }

    [TestMethod]
    public void A_model_whose_file_is_gone_is_trained_again()
    {
        using var folder = new TemporaryFolder();
        var first = SearchExample.Search(new SearchOptions { Folder = folder.Path }, new SearchBudget { Trials = 3 });
        Directory.Delete(folder["trials"], recursive: true);
        SearchExample.AssertSame(first, SearchExample.Search(new SearchOptions { Folder = folder.Path }, new SearchBudget { Trials = 3 }));
    }

    [TestMethod]
    public void Without_rungs_every_trial_is_trained_to_its_end()
    {
        var result = SearchExample.Search(new SearchOptions { Rungs = 1 }, new SearchBudget { Trials = 5 });
        Assert.IsTrue(result.Trials.All(trial => trial is { Epochs: 9, HasEnded: true }));
    }

    [TestMethod]
    public void A_trial_that_died_between_its_checkpoint_and_the_journal_is_not_trained_beyond_its_share()
    {
        using var folder = new TemporaryFolder();
        var runner = SearchExample.Runner();
        var request = SearchExample.Request(folder.Path, runner) with { Share = 0.5 };
        var first = runner.Run(request);
        Assert.AreEqual(5, first.Epochs);
        CollectionAssert.AreEqual(SearchExample.WithoutPlace([first]), SearchExample.WithoutPlace([SearchExample.Runner().Run(request)]));
    }

    [TestMethod]
    public void Networks_that_are_trained_together_are_trained_through_and_compared_by_rows_they_have_not_seen()
    {
        var folds = SearchExample.Options with { ValidationFraction = null, Folds = 3, MaxEpochs = 3 };
        var result = SearchExample.Search(new SearchOptions(), new SearchBudget { Trials = 3 }, SearchExample.Runner(options: folds));
        Assert.IsTrue(result.Trials.All(trial => trial is { Epochs: 3, HasEnded: true }));
        Assert.AreEqual(result.Model.GetNeuralNetwork().History.OutOfFoldMetrics![ValidationMetric.Loss], result.Best.Value);
    }

    [TestMethod]
    public void A_greater_accuracy_is_better()
    {
        var result = SearchExample.Search(new SearchOptions { Metric = ValidationMetric.Accuracy });
        Assert.AreEqual(result.Trials.Max(trial => trial.Value), result.Best.Value);
    }

    [TestMethod]
    public void Cancelled_it_returns_the_best_so_far()
    {
        using var source = new CancellationTokenSource();
        var count = 0;
        var result = SearchExample.Search(new SearchOptions
        {
            CancellationToken = source.Token,
            Progress = new SearchExample.Callback(_ =>
            {
                if (++count == 5)
                    source.Cancel();
            }),
        });
        Assert.AreEqual(SearchStopReason.Cancelled, result.StopReason);
        Assert.HasCount(5, result.Trials);
        Assert.AreEqual(result.Trials.Min(trial => trial.Value), result.Best.Value);
        Assert.IsNotNull(result.Model.GetNeuralNetwork());
    }

    [TestMethod]
    public void Cancelled_in_the_midst_of_a_trial_its_best_epoch_counts_and_it_goes_on_to_the_same_end()
    {
        using var folder = new TemporaryFolder();
        using var source = new CancellationTokenSource();
        var epochs = 0;
        var watched = SearchExample.Options with
        {
            Progress = new SearchExample.EpochCallback(report =>
            {
                // Of the first trial that is trained to its end.
                if (report.Epoch == 5 && ++epochs == 1)
                    source.Cancel();
            }),
        };
        var result = SearchExample.Search(new SearchOptions { Folder = folder.Path, CancellationToken = source.Token }, runner: SearchExample.Runner(options: watched));
        Assert.AreEqual(SearchStopReason.Cancelled, result.StopReason);
        Assert.HasCount(1, result.Trials.Where(trial => trial is { IsInterrupted: true, Epochs: 5 }));
        SearchExample.AssertSame(SearchExample.Uninterrupted, SearchExample.Search(new SearchOptions { Folder = folder.Path }));
    }

    [TestMethod]
    public void When_its_time_is_over_it_returns_the_best_so_far_and_the_next_one_has_its_time_anew()
    {
        using var folder = new TemporaryFolder();
        var clock = new FakeClock();
        var options = new SearchOptions
        {
            Folder = folder.Path,
            Clock = clock,
            Progress = new SearchExample.Callback(_ => clock.Advance(TimeSpan.FromMinutes(1))),
        };
        var budget = new SearchBudget { Time = TimeSpan.FromMinutes(4), Trials = 12 };
        var first = SearchExample.Search(options, budget);
        Assert.AreEqual(SearchStopReason.Time, first.StopReason);
        Assert.HasCount(4, first.Trials);
        Assert.HasCount(8, SearchExample.Search(options, budget).Trials);
    }

    [TestMethod]
    public void A_trial_that_takes_too_much_memory_fails_and_the_others_go_on()
    {
        var ml = new MLContext(seed: 1);
        var space = new SearchSpace(SearchExample.Options with { MaxEpochs = 3 }, ml.MulticlassClassification.Trainers.NeuralNetwork)
            .Start("huge", options => options with { Architecture = NetworkArchitecture.Mlp(6000, 6000), MaxEpochs = 1000 });
        var runner = new TrialRunner(ml, ml.Data.LoadFromEnumerable(Example.Clusters(90)), space);
        var result = SearchExample.Search(new SearchOptions { Rungs = 1 }, new SearchBudget { Trials = 2, MaxMegabytes = 200 }, runner);
        Assert.Contains("MaxMegabytes (200)", result.Trials[1].Failure!);
        Assert.AreEqual(1, result.Best.Trial.Number);
    }
}
