using Microsoft.ML.Regularization.Tests.Training.Checkpoints;

namespace Microsoft.ML.Regularization.Tests.Search;

/// <summary>Spaces, budgets and folders that cannot be, and trials that fail.</summary>
[TestClass]
public sealed class SearchRefusalTests
{
    private static readonly MLContext Ml = new(seed: 1);

    public static IEnumerable<object[]> Spaces =>
    [
        Refusal.Case("ends the wrong way round", () => Space().Uniform("Dropout", 0.5, 0.1, Dropout), "'Dropout'", "from 0.5 to 0.1"),
        Refusal.Case("a logarithm of 0", () => Space().LogUniform("LearningRate", 0, 1, Rate), "'LearningRate'", "above 0"),
        Refusal.Case("an end beyond the option's", () => Space().Uniform("Dropout", 0, 1.5, Dropout), "'Dropout' reaches 1.5", "DropProbability must be", "below 1"),
        Refusal.Case("the same name twice", () => Space().Uniform("Dropout", 0, 0.5, Dropout).Uniform("Dropout", 0, 0.4, Dropout), "'Dropout' already"),
        Refusal.Case("one choice", () => Space().Choose("BatchSize", [32], (options, value) => options with { BatchSize = value }), "'BatchSize'", "two choices"),
        Refusal.Case("an illegal choice", () => Space().Choose("BatchSize", [32, 0], (options, value) => options with { BatchSize = value }), "'BatchSize' reaches 0", "at least 1"),
        Refusal.Case("an illegal start", () => Space().Start("bold", options => options with { LearningRate = -1 }), "Start 'bold'", "LearningRate"),
        Refusal.Case("checkpoints", () => Space(SearchExample.Options with { Checkpoints = new CheckpointOptions { Folder = "own" } }), "Checkpoints must be null", "own"),
        Refusal.Case("an empty space", () => SearchExample.Search(new SearchOptions(), runner: new TrialRunner(Ml, Ml.Data.LoadFromEnumerable(Example.Clusters(9)), Space())), "neither dimensions nor starts"),
        Refusal.Case("a range of one number", () => Space().Uniform("Dropout", 0.5, 0.5, Dropout), "'Dropout'", "from 0.5 to 0.5"),
        Refusal.Case("what excludes the options as given", () => Space().Choose("Folds", [3, 4], (options, value) => options with { Folds = value }), "'Folds' reaches 3", "ValidationFraction"),
        Refusal.Case("no budget", () => Search(new SearchBudget()), "both Trials and Time are null"),
        Refusal.Case("a budget of nothing", () => Search(new SearchBudget { Trials = 0 }), "Trials must be at least 1", "0"),
        Refusal.Case("no time", () => Search(new SearchBudget { Time = TimeSpan.Zero }), "Time must be above 0"),
        Refusal.Case("endless time", () => Search(new SearchBudget { Time = TimeSpan.MaxValue }), "at most 40 days"),
        Refusal.Case("no memory", () => Search(new SearchBudget { Trials = 1, MaxMegabytes = 0 }), "MaxMegabytes must be at least 1"),
        Refusal.Case("no rungs", () => Search(new SearchBudget { Trials = 1 }, new SearchOptions { Rungs = 0 }), "Rungs must be from 1 to 8"),
        Refusal.Case("no reduction", () => Search(new SearchBudget { Trials = 1 }, new SearchOptions { Reduction = 1 }), "Reduction must be from 2 to 10"),
        Refusal.Case("empty rounds", () => Search(new SearchBudget { Trials = 1 }, new SearchOptions { RoundTrials = 0 }), "RoundTrials must be from 1 to 10000"),
        Refusal.Case("no time to be stuck", () => Search(new SearchBudget { Trials = 1 }, new SearchOptions { StallTime = TimeSpan.Zero }), "StallTime must be from 1 second to 40 days", "00:00:00"),
        Refusal.Case("endless time to be stuck", () => Search(new SearchBudget { Trials = 1 }, new SearchOptions { StallTime = TimeSpan.MaxValue }), "StallTime must be"),
        Refusal.Case("a blank folder", () => Search(new SearchBudget { Trials = 1 }, new SearchOptions { Folder = " " }), "Folder"),
    ];

    [TestMethod]
    [DynamicData(nameof(Spaces))]
    public void It_names_what_is_wrong(string name, Action action, string[] fragments) => Refusal.Check(name, action, fragments);

    [TestMethod]
    public void Two_searches_in_one_folder_are_refused_and_the_first_goes_on()
    {
        using var folder = new TemporaryFolder();
        var refused = 0;
        var result = SearchExample.Search(new SearchOptions
        {
            Folder = folder.Path,
            Progress = new SearchExample.Callback(_ =>
            {
                if (refused++ == 0)
                    Refusal.Check("second", () => SearchExample.Search(new SearchOptions { Folder = folder.Path }), ["Another search", folder.Path]);
            }),
        });
        Assert.IsNotNull(result.Model);
    }

    [TestMethod]
    public void Another_search_s_folder_is_refused_by_what_differs()
    {
        using var folder = new TemporaryFolder();
        var options = new SearchOptions { Folder = folder.Path };
        SearchExample.Search(options, new SearchBudget { Trials = 1 });
        Refusal.Check("seed", () => SearchExample.Search(options with { Seed = 7 }), ["Seed is 7, but was 1"]);
        Refusal.Check("metric", () => SearchExample.Search(options with { Metric = ValidationMetric.Accuracy }), ["Metric is Accuracy, but was Loss"]);
        Refusal.Check("rows", () => SearchExample.Search(options, runner: SearchExample.Runner(Example.Clusters(91))), ["space and rows is", "but was"]);
        Refusal.Check("space", () => SearchExample.Search(options, runner: SearchExample.Runner(options: SearchExample.Options with { MaxEpochs = 8 })), ["space and rows is"]);
    }

    [TestMethod]
    public void A_damaged_journal_is_refused()
    {
        using var folder = new TemporaryFolder();
        SearchExample.Search(new SearchOptions { Folder = folder.Path }, new SearchBudget { Trials = 1 });
        File.WriteAllText(folder["search.json"], File.ReadAllText(folder["search.json"])[..100]);
        Refusal.Check("damaged", () => SearchExample.Search(new SearchOptions { Folder = folder.Path }), ["search.json", "damaged"]);
    }

    [TestMethod]
    public void On_a_full_disk_it_ends_with_an_error_and_goes_on_once_there_is_room()
    {
        using var folder = new TemporaryFolder();
        Assert.ThrowsExactly<IOException>(() => SearchExample.Search(new SearchOptions { Folder = folder.Path, Through = file => new FullDisk(file, room: 3000) }));
        var resumed = SearchExample.Search(new SearchOptions { Folder = folder.Path });
        SearchExample.AssertSame(SearchExample.Uninterrupted, resumed);
    }

    [TestMethod]
    public void A_folder_that_is_gone_is_an_error()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "");
        Assert.Throws<IOException>(() => SearchExample.Search(new SearchOptions { Folder = Path.Combine(folder["file"], "search") }));
    }

    [TestMethod]
    public void A_trial_that_diverges_fails_and_others_go_on()
    {
        var divergent = SearchExample.Space(Ml).Start("divergent", options => options with { LearningRate = 1e20, Optimizer = Optimizer.Sgd(), Recipe = RegularizationRecipe.None });
        var result = SearchExample.Search(new SearchOptions(), runner: new TrialRunner(Ml, Ml.Data.LoadFromEnumerable(Example.Clusters(90)), divergent));
        var failed = result.Trials.Single(trial => trial.Trial.Start == "divergent");
        Assert.Contains("diverged", failed.Failure!);
        Assert.Contains("divergent: Training diverged", result.ToString());
    }

    [TestMethod]
    public void Where_all_trials_fail_the_error_says_why()
    {
        var error = Assert.Throws<InvalidOperationException>(
            () => SearchExample.Search(new SearchOptions(), runner: SearchExample.Runner(options: SearchExample.Options with { ValidationFraction = 0 })));
        Assert.Contains("Loss was not measured", error.Message);
    }

    [TestMethod]
    public void Options_that_exclude_each_other_fail_as_trials_which_say_so_and_others_go_on()
    {
        var space = new SearchSpace(SearchExample.Options with { MaxEpochs = 2 }, Ml.MulticlassClassification.Trainers.NeuralNetwork)
            .LogUniform("LearningRate", 0.5, 50, Rate)
            .Uniform("WeightDecay", 0, 1, (options, value) => options with { Recipe = options.Recipe! with { WeightDecay = value } });
        var result = SearchExample.Search(new SearchOptions(), new SearchBudget { Trials = 8 }, new TrialRunner(Ml, Ml.Data.LoadFromEnumerable(Example.Clusters(90)), space));
        var contradictory = result.Trials.Where(trial => trial.Trial.Values is [var rate, var decay] && rate.Value * decay.Value >= 1).ToList();
        Assert.IsNotEmpty(contradictory);
        foreach (var trial in contradictory)
            Assert.Contains("LearningRate * WeightDecay must be below", trial.Failure!);
        Assert.IsNull(result.Best.Failure);
    }

    [TestMethod]
    public void Time_for_less_than_an_epoch_is_an_error_that_names_it()
    {
        var clock = new FakeClock();
        var first = SearchExample.Options with { MaxEpochs = 9, Progress = new SearchExample.EpochCallback(_ => Assert.Fail("an epoch ended")) };
        var runner = SearchExample.Runner(options: first);
        var slow = new TrialRunner(Ml, Ml.Data.LoadFromEnumerable(Slowly()), runner.Space);
        var error = Assert.Throws<TimeoutException>(() => SearchExample.Search(new SearchOptions { Clock = clock }, new SearchBudget { Time = TimeSpan.FromSeconds(1) }, slow));
        Assert.Contains("Time (00:00:01) was over before there was a model", error.Message);

        // Its time is over while the rows are read.
        IEnumerable<Example> Slowly()
        {
            foreach (var row in Example.Clusters(90))
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                yield return row;
            }
        }
    }

    [TestMethod]
    public void A_trial_of_other_rows_or_another_space_is_refused_by_its_worker()
    {
        using var folder = new TemporaryFolder();
        var request = SearchExample.Request(folder.Path, SearchExample.Runner());
        Refusal.Check("rows", () => SearchExample.Runner(Example.Clusters(91)).Run(TrialRequest.FromJson(request.ToJson())), ["Trial 1 is of", "this process has"]);
        Refusal.Check("start", () => SearchExample.Runner().Run(request with { Trial = new Trial { Number = 1, Start = "other" } }), ["'other'", "lacks"]);
        Refusal.Check("value", () => SearchExample.Runner().Run(request with { Trial = new Trial { Number = 1, Values = [new TrialValue("BatchSize", 3)] } }), ["3 in dimension 'BatchSize'"]);
    }

    private static SearchSpace Space(NeuralNetworkOptions? options = null) => new(options ?? SearchExample.Options, Ml.MulticlassClassification.Trainers.NeuralNetwork);

    private static SearchResult Search(SearchBudget budget, SearchOptions? options = null) => SearchExample.Search(options ?? new SearchOptions(), budget);

    private static NeuralNetworkOptions Dropout(NeuralNetworkOptions options, double value) => options with { Recipe = options.Recipe! with { Dropout = value } };

    private static NeuralNetworkOptions Rate(NeuralNetworkOptions options, double value) => options with { LearningRate = value };
}
