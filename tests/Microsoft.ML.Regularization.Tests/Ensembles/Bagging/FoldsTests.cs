using Microsoft.ML.Regularization.Tests.Ensembles.Cohorts;
using Microsoft.ML.Regularization.Tests.Trainers;
using Microsoft.ML.Regularization.Tests.Training.Checkpoints;
using Microsoft.ML.Regularization.Tests.Training.Data;

namespace Microsoft.ML.Regularization.Tests.Ensembles.Bagging;

[TestClass]
public sealed class FoldsTests
{
    private static readonly NeuralNetworkOptions Options = SmallNetwork.Options with { Folds = 3, MaxEpochs = 5, Seed = 5 };

    private readonly MLContext _ml = new(seed: 1);

    /// <summary>Every row is predicted once, by the networks of its fold; each of these is trained here by itself on the same rows.</summary>
    [TestMethod]
    public void Predictions_are_the_means_of_the_networks_of_a_fold_each_as_if_trained_alone()
    {
        using var small = new SmallCohort(rows: 91, fraction: 0, keepsIds: true);
        var folds = FoldSplit.Split(small.Host, small.Channel, small.Data, folds: 3, groups: [], RandomKey.FromSeed(4));
        var trained = BagTraining.Train(small.Host, small.Channel, small.Data, SmallCohort.Settings, new BagPlan(Members: 2) { Folds = folds, Threads = 2 });

        var outOfFold = trained.OutOfFold!;
        CollectionAssert.AreEqual(Enumerable.Range(0, 91).ToList(), outOfFold.Rows.ToList());
        CollectionAssert.AreEqual(outOfFold.Rows.ToList(), folds.SelectMany(fold => fold.HeldOut).Order().ToList());
        for (var fold = 0; fold < 3; fold++)
        {
            var networks = Enumerable.Range(0, 2).Select(member =>
            {
                var settings = MemberSettings.Of(SmallCohort.Settings, member, fold) with { Place = null };
                using var run = new TrainingRun(small.Host, small.Channel, folds[fold], settings);
                var alone = run.Train(small.Channel);
                CollectionAssert.AreEqual(SmallCohort.Flat(alone.Weights), SmallCohort.Flat(trained.Members[2 * fold + member].Outcome.Weights));
                return new TrainedNetwork(
                    small.Host, small.Data.Task, settings.Architecture, settings.Recipe, SmallNetwork.Record, run.Inputs.Layout, Example.ClassCount, alone);
            }).ToList();
            foreach (var row in folds[fold].HeldOut)
            {
                var expected = networks.Select(network => Probabilities(network, small.Data.Rows.Table.Features(row))).ToList();
                var found = outOfFold.Outputs[(row * Example.ClassCount)..((row + 1) * Example.ClassCount)];
                for (var k = 0; k < Example.ClassCount; k++)
                    Assert.AreEqual((expected[0][k] + expected[1][k]) / 2, Math.Exp(found[k]), 1e-5);
            }
        }
    }

    private static IEnumerable<object[]> Tasks => LearningTasks.All.Select(task => new object[] { task.ToString() });

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void Every_task_is_trained_saved_and_measured_on_all_rows(string taskName)
    {
        var task = LearningTasks.Find(taskName)!;
        var rows = _ml.Rows(120);
        var reports = new List<EpochReport>();
        var model = EveryTask.Trainer(_ml, task, Options with { MaxEpochs = 20, Progress = new SmallNetwork.Callback(reports.Add) }).Fit(rows);
        var history = model.GetNeuralNetwork().History;
        Assert.AreEqual((120, 120), (history.TrainingRows, history.ValidationRows));
        Assert.HasCount(3, model.GetNeuralNetwork().Members);
        CollectionAssert.AreEqual(new int?[] { 1, 2, 3 }, reports.Take(3).Select(report => report.Fold).ToList());
        Assert.StartsWith("fold 3, member 1, epoch 20 of 20", reports[^1].ToString());
        foreach (var metric in task.Metrics)
            Assert.IsTrue(history.OutOfFoldMetrics!.ContainsKey(metric), $"{metric}");

        // The clusters are hard to miss, by networks that have not seen the row too.
        Assert.IsGreaterThan(0.7, history.OutOfFoldMetrics![task.Headline.Metric]);
        using var file = new MemoryStream();
        _ml.Model.Save(model, rows.Schema, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out _);
        CollectionAssert.AreEqual(
            EveryTask.Scores(model, rows).SelectMany(score => score).ToList(), EveryTask.Scores(loaded, rows).SelectMany(score => score).ToList());
        Assert.AreEqual(history.OutOfFoldMetrics![ValidationMetric.Loss], loaded.GetNeuralNetwork().History.OutOfFoldMetrics![ValidationMetric.Loss]);
    }

    [TestMethod]
    public void Each_fold_stops_by_itself()
    {
        var recipe = RegularizationRecipe.None with { EarlyStopping = new EarlyStopping { Patience = 2, StandardErrors = 0 } };
        var network = _ml.Fit(Options with { Recipe = recipe, MaxEpochs = 100, LearningRate = 0.1, Members = 2 }, _ml.Rows(90)).Model.Network;
        Assert.IsEmpty(network.History.RetrainingEpochs);
        for (var fold = 0; fold < 3; fold++)
        {
            var (first, second) = (network.Members[2 * fold].History, network.Members[2 * fold + 1].History);
            Assert.AreEqual((first.ModelEpoch, first.Epochs.Count), (second.ModelEpoch, second.Epochs.Count));
            Assert.AreEqual(StopReason.PatienceExhausted, first.StopReason);
        }

        Assert.AreEqual(network.Members.Max(member => member.History.Epochs.Count), network.History.Epochs.Count);
    }

    [TestMethod]
    public void An_interrupted_run_goes_on_to_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        ValueList<AugmentationOptions> noise = [new GaussianNoiseOptions { Scale = 0.1 }];
        var options = Options with { Members = 2, Recipe = RegularizationRecipe.SmallDataset with { Augmentations = noise }, Checkpoints = new CheckpointOptions { Folder = folder.Path } };
        var expected = _ml.Fit(options with { Checkpoints = null }, _ml.Rows(90)).Model.Network;
        using (var cancellation = new CancellationTokenSource())
        {
            var stop = new SmallNetwork.Callback(report =>
            {
                if (report is { Epoch: 2, Member: 2, Fold: 3 })
                    cancellation.Cancel();
            });
            _ml.Fit(options with { CancellationToken = cancellation.Token, Progress = stop }, _ml.Rows(90));
        }

        var resumed = _ml.Fit(options, _ml.Rows(90)).Model.Network;
        for (var i = 0; i < expected.Weights.Count; i++)
            CollectionAssert.AreEqual(expected.Weights[i].Values.ToArray(), resumed.Weights[i].Values.ToArray());
        Assert.AreEqual(expected.History.OutOfFoldMetrics![ValidationMetric.Loss], resumed.History.OutOfFoldMetrics![ValidationMetric.Loss]);
    }

    private static float[] Probabilities(TrainedNetwork network, ReadOnlySpan<float> features)
    {
        var filled = new float[network.FilledInput.Width];
        if (network.Outcome.Imputation is { } imputation)
            imputation.Apply(features, filled);
        else
            features.CopyTo(filled);
        var outputs = new float[network.Outputs];
        network.Scorer.Score(filled, outputs);
        network.Link.Apply(outputs);
        return outputs;
    }
}
