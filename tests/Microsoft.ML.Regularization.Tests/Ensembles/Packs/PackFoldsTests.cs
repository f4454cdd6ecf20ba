using Microsoft.ML.Regularization.Tests.Tasks.Losses;
using Microsoft.ML.Regularization.Tests.Trainers;
using Microsoft.ML.Regularization.Tests.Training.Checkpoints;

namespace Microsoft.ML.Regularization.Tests.Ensembles.Packs;

/// <summary>Packs whose networks are trained once for each fold, and whose ensemble is selected by out-of-fold predictions.</summary>
[TestClass]
public sealed class PackFoldsTests
{
    private static readonly NeuralNetworkOptions Options = new()
    {
        Architecture = new RealMlpArchitecture { HiddenSizes = [16, 16] },
        Pack = new PackOptions { Members = 3, MaxSnapshots = 4, FirstMembers = 2, TabM = new TabMArchitecture { Members = 3, HiddenSizes = [12] } },
        Folds = 3,
        MaxEpochs = 4,
        BatchSize = 16,
        Seed = 5,
    };

    private readonly MLContext _ml = new(seed: 1);

    private static IEnumerable<object[]> Tasks => LearningTasks.All.Select(task => new object[] { task.ToString() });

    private static IEnumerable<object[]> Variants => LearningTasks.All.SelectMany(task => new (string Name, NeuralNetworkOptions Options)[]
    {
        ("plain", Options),
        ("example weights", Options with { ExampleWeightColumnName = nameof(Example.Weight) }),
        ("groups", Options with { SamplingKeyColumnName = nameof(Example.Sentence) }),
        ("noise", Options with { Recipe = RegularizationRecipe.None with { Augmentations = [new GaussianNoiseOptions { Scale = 0.1 }] } }),
        ("class weights", EveryTask.HasClasses(task) ? Options with { ClassWeights = ClassWeights.Balanced } : Options),
        ("a loss of one's own", Options with { Loss = LossFunction.Custom(OwnLossOf(task)) }),
    }.Select(variant => new object[] { task.ToString(), variant.Name, variant.Options }));

    private static ICustomLoss OwnLossOf(LearningTask task) =>
        !EveryTask.HasClasses(task) ? new OwnSquaredLoss() : task == LearningTask.BinaryClassification ? new OwnHingeLoss() : new OwnCrossEntropy();

    [TestMethod]
    [DynamicData(nameof(Variants))]
    public void It_learns_and_is_saved(string taskName, string variant, NeuralNetworkOptions options)
    {
        _ = variant;
        var task = LearningTasks.Find(taskName)!;
        var rows = _ml.Rows(90);
        var model = EveryTask.Trainer(_ml, task, options with { MaxEpochs = 12 }).Fit(rows);
        var network = model.GetNeuralNetwork();
        Assert.HasCount(3 * network.History.Pack!.Members.Sum(member => member.Snapshots), network.Members);
        Assert.AreEqual(90, network.History.ValidationRows);

        // Rows of the same clusters that no network has seen.
        var unseen = _ml.Rows(300, seed: 2);
        var scored = model.Transform(unseen);
        if (!EveryTask.HasClasses(task))
            Assert.IsGreaterThan(0.6, _ml.Regression.Evaluate(scored, "Target").RSquared);
        else if (task == LearningTask.BinaryClassification)
            Assert.IsGreaterThan(0.8, _ml.BinaryClassification.Evaluate(scored, "Flag").AreaUnderRocCurve);
        else
            Assert.IsGreaterThan(0.65, _ml.MulticlassClassification.Evaluate(scored).MicroAccuracy);

        using var file = new MemoryStream();
        _ml.Model.Save(model, rows.Schema, file);
        file.Position = 0;
        SmallNetwork.AssertEqual(EveryTask.Scores(model, unseen), EveryTask.Scores(new MLContext().Model.Load(file, out _), unseen));
    }

    /// <summary>Rows of a group are alike and have a label of their own at random: who has seen a part of a group knows the rest of it.</summary>
    [TestMethod]
    public void Groups_are_held_out_together()
    {
        var random = new Random(4);
        var rows = Enumerable.Range(0, 40).SelectMany(group =>
        {
            var features = Enumerable.Range(0, Example.FeatureCount).Select(_ => (float)random.NextDouble() * 4).ToArray();
            var label = (uint)random.Next(Example.ClassCount);
            return Enumerable.Range(0, 4).Select(_ => new Example { Features = features, Label = label, Name = $"group {group}" });
        }).ToList();
        var options = Options with
        {
            Architecture = new RealMlpArchitecture { HiddenSizes = [64, 64] }, Pack = Options.Pack! with { Members = 2, Draws = PackDraws.None }, MaxEpochs = 60,
            Recipe = RegularizationRecipe.None,
        };
        Assert.IsLessThan(0.9, LossOf(options));
        Assert.IsGreaterThan(1.05, LossOf(options with { SamplingKeyColumnName = nameof(Example.Name) }));

        double LossOf(NeuralNetworkOptions own) => _ml.Fit(own, _ml.Data.LoadFromEnumerable(rows)).Model.History.Pack!.EnsembleLoss!.Value;
    }

    /// <summary>Labels that say nothing about the features: what is left to learn is how much each class weighs.</summary>
    [TestMethod]
    public void Weights_of_classes_and_of_rows_count()
    {
        var random = new Random(6);
        var rows = Example.Clusters(120);
        rows.ForEach(row => row.Label = (uint)random.Next(3));
        rows.ForEach(row => row.Weight = row.Label == 1 ? 8 : 1);
        var view = _ml.Data.LoadFromEnumerable(rows);
        var (plain, byClass, byRow) = (
            MeanOf(Options), MeanOf(Options with { ClassWeights = ClassWeights.Of(1, 8, 1) }), MeanOf(Options with { ExampleWeightColumnName = nameof(Example.Weight) }));
        Assert.IsGreaterThan(plain + 0.15, byClass);
        Assert.IsGreaterThan(plain + 0.15, byRow);

        double MeanOf(NeuralNetworkOptions options) => SmallNetwork.Scores(_ml.Fit(options with { Calibration = Calibration.None }, view).Transform(view)).Average(score => score[1]);
    }

    [TestMethod]
    public void Fewer_rows_than_folds_are_refused() =>
        AssertRefused("Folds is 30, but there are 20 training rows", Options with { Folds = 30 }, Example.Clusters(20));

    [TestMethod]
    public void Rows_that_the_pipeline_augments_are_refused()
    {
        var pipeline = _ml.Transforms.GaussianNoise(scale: 0.1).Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(Options));
        Assert.Contains("Augmentations", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => pipeline.Fit(_ml.Rows(60))).Message);
    }

    [TestMethod]
    public void A_single_row_of_one_of_two_classes_is_refused()
    {
        var rows = Example.Clusters(20);
        rows.ForEach(row => row.Label = row.Id == 7 ? 1u : 0);
        AssertRefused("Folds is too large", Options, rows);
    }

    [TestMethod]
    public void A_class_with_fewer_rows_than_folds_is_trained_on()
    {
        var rows = Example.Clusters(60);
        rows.ForEach(row => row.Label = row.Id is 7 or 8 ? 2u : (uint)(row.Id % 2));
        var network = _ml.Fit(Options, _ml.Data.LoadFromEnumerable(rows)).Model.Network;
        Assert.IsTrue(double.IsFinite(network.History.Pack!.EnsembleLoss!.Value));
    }

    [TestMethod]
    public void The_fewest_rows_that_have_folds_are_trained_on()
    {
        var network = _ml.Fit(Options, _ml.Rows(6)).Model.Network;
        Assert.IsTrue(double.IsFinite(network.History.Pack!.EnsembleLoss!.Value));
    }

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void Cancelled_before_the_first_epoch_it_has_no_model(string taskName)
    {
        using var cancellation = new CancellationTokenSource();
        var trainer = EveryTask.Trainer(_ml, LearningTasks.Find(taskName)!, Options with { CancellationToken = cancellation.Token });
        Assert.ThrowsExactly<OperationCanceledException>(() => trainer.Fit(_ml.RowsThatEndWith(cancellation.Cancel, 60)));
    }

    [TestMethod]
    public void Cancelled_behind_the_first_epoch_it_has_the_ensemble_so_far()
    {
        using var cancellation = new CancellationTokenSource();
        var options = Options with { CancellationToken = cancellation.Token, Progress = new SmallNetwork.Callback(_ => cancellation.Cancel()) };
        var history = _ml.Fit(options, _ml.Rows(60)).Model.History;
        Assert.AreEqual((StopReason.Cancelled, 1), (history.StopReason, history.Epochs.Count));
    }

    /// <summary>The clock goes on with every look at it: at some limits no epoch is complete, and at greater ones there is a model.</summary>
    [TestMethod]
    public void A_time_limit_gives_a_clear_error_or_the_ensemble_so_far()
    {
        var (errors, models) = (0, 0);
        foreach (var seconds in new[] { 2, 20, 200, 2000 })
        {
            var options = Options with { MaxEpochs = 1000, Time = new FakeClock { Step = TimeSpan.FromSeconds(1) }, TimeLimit = TimeSpan.FromSeconds(seconds) };
            try
            {
                Assert.AreEqual(StopReason.TimeLimit, _ml.Fit(options, _ml.Rows(60)).Model.History.StopReason);
                models++;
            }
            catch (TimeoutException error)
            {
                Assert.Contains("TimeLimit (00:0", error.Message);
                errors++;
            }
        }

        Assert.IsGreaterThan(0, errors);
        Assert.IsGreaterThan(0, models);
    }

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void It_goes_on_from_a_checkpoint_to_the_same_bits(string taskName)
    {
        using var folder = new TemporaryFolder();
        var task = LearningTasks.Find(taskName)!;
        var options = Options with { Checkpoints = new CheckpointOptions { Folder = folder.Path } };
        var expected = EveryTask.Trainer(_ml, task, Options).Fit(_ml.Rows(60));
        using (var cancellation = new CancellationTokenSource())
        {
            var progress = new SmallNetwork.Callback(report => Cancel(report, cancellation));
            EveryTask.Trainer(_ml, task, options with { CancellationToken = cancellation.Token, Progress = progress }).Fit(_ml.Rows(60));
        }

        var resumed = EveryTask.Trainer(_ml, task, options).Fit(_ml.Rows(60));
        SmallNetwork.AssertEqual(EveryTask.Weights(expected), EveryTask.Weights(resumed));
        Assert.AreEqual(expected.GetNeuralNetwork().History.Pack, resumed.GetNeuralNetwork().History.Pack);

        static void Cancel(EpochReport report, CancellationTokenSource cancellation)
        {
            if (report is { Epoch: 2, Member: 2 })
                cancellation.Cancel();
        }
    }

    private void AssertRefused(string part, NeuralNetworkOptions options, List<Example> rows) => Assert.Contains(
        part, Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Fit(options, _ml.Data.LoadFromEnumerable(rows))).Message);
}
