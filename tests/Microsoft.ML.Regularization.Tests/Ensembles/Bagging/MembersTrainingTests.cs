using Microsoft.ML.Regularization.Tests.Trainers;
using Microsoft.ML.Regularization.Tests.Training.Checkpoints;

namespace Microsoft.ML.Regularization.Tests.Ensembles.Bagging;

/// <summary>How several networks are trained together: best epoch, retraining, progress, interruptions and refusals.</summary>
[TestClass]
public sealed class MembersTrainingTests
{
    private static readonly EarlyStopping Stopping = new() { Patience = 3, StandardErrors = 0, RetrainsOnAllRows = false };

    private static readonly NeuralNetworkOptions Options = SmallNetwork.Options with { Members = 3, MaxEpochs = 6, Seed = 5 };

    private readonly MLContext _ml = new(seed: 1);

    /// <summary>The loss of the mean prediction is computed here from the members' own weights, epoch by epoch.</summary>
    [TestMethod]
    public void All_members_have_the_weights_of_the_epoch_in_which_their_mean_is_best()
    {
        var options = Options with { MaxEpochs = 40, LearningRate = 0.1, Recipe = RegularizationRecipe.None with { EarlyStopping = Stopping } };
        var network = _ml.Fit(options, _ml.Rows(120)).Model.Network;
        var history = network.History;
        Assert.AreEqual(StopReason.PatienceExhausted, history.StopReason);
        var best = history.Epochs.MinBy(epoch => epoch.ValidationLoss)!.Epoch;
        Assert.AreEqual(best, history.ModelEpoch);
        Assert.HasCount(best + Stopping.Patience!.Value, history.Epochs);
        foreach (var member in network.Members)
            Assert.AreEqual((best, history.Epochs.Count), (member.History.ModelEpoch, member.History.Epochs.Count));

        // By convexity the mean prediction's loss is at most the mean of the losses.
        foreach (var epoch in history.Epochs)
            Assert.IsLessThan(network.Members.Average(member => member.History.Epochs[epoch.Epoch - 1].ValidationLoss!.Value), epoch.ValidationLoss!.Value);
    }

    [TestMethod]
    public void Retraining_on_all_rows_retrains_every_member()
    {
        var recipe = RegularizationRecipe.None with { EarlyStopping = Stopping with { RetrainsOnAllRows = true } };
        var network = _ml.Fit(Options with { Recipe = recipe }, _ml.Rows(120)).Model.Network;
        Assert.HasCount(network.History.ModelEpoch, network.History.RetrainingEpochs);
        Assert.HasCount(3, network.Members);

        // As a network that is trained alone is retrained.
        var alone = _ml.Fit(Options with { Members = null, Recipe = recipe }, _ml.Rows(120)).Model.Network;
        if (alone.History.ModelEpoch == network.History.ModelEpoch)
            CollectionAssert.AreEqual(alone.Weights[^1].Values.ToArray(), network.Members[0].Weights[^1].Values.ToArray());
        foreach (var member in network.Members)
            Assert.HasCount(network.History.ModelEpoch, member.History.RetrainingEpochs);
    }

    [TestMethod]
    public void Progress_tells_of_every_epoch_of_every_member()
    {
        var reports = new List<EpochReport>();
        _ml.Fit(Options with { MaxEpochs = 2, Progress = new SmallNetwork.Callback(reports.Add) }, _ml.Rows(60));
        CollectionAssert.AreEqual(
            new (int, int?)[] { (1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3) }, reports.Select(report => (report.Epoch, report.Member)).ToList());
        Assert.StartsWith("member 3, epoch 2 of 2: training loss", reports[^1].ToString());
    }

    [TestMethod]
    public void Cancellation_gives_the_best_so_far()
    {
        using var cancellation = new CancellationTokenSource();
        var options = Options with
        {
            CancellationToken = cancellation.Token,
            Progress = new SmallNetwork.Callback(report =>
            {
                if (report is { Epoch: 3, Member: 3 })
                    cancellation.Cancel();
            }),
        };
        var network = _ml.Fit(options, _ml.Rows(60)).Model.Network;
        Assert.AreEqual(StopReason.Cancelled, network.History.StopReason);
        Assert.HasCount(3, network.Members);
        Assert.HasCount(3, network.History.Epochs);
        Assert.AreEqual(3, network.Members[2].History.ModelEpoch);
    }

    [TestMethod]
    public void Before_any_first_epoch_is_complete_there_is_no_model()
    {
        var clock = new FakeClock { Step = TimeSpan.FromSeconds(1) };
        var options = Options with { Time = clock, TimeLimit = TimeSpan.FromSeconds(115), BatchSize = 1, InputScaling = InputScaling.None };
        var error = Assert.ThrowsExactly<TimeoutException>(() => _ml.Fit(options, _ml.Rows(100)));
        Assert.Contains("before the first epoch was complete", error.Message);
    }

    [TestMethod]
    public void An_interrupted_run_goes_on_to_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        var options = Options with { Recipe = RegularizationRecipe.SmallDataset, Checkpoints = new CheckpointOptions { Folder = folder.Path } };
        var expected = _ml.Fit(options with { Checkpoints = null }, _ml.Rows(120)).Model.Network;
        using (var cancellation = new CancellationTokenSource())
        {
            var interrupted = options with
            {
                CancellationToken = cancellation.Token,
                Progress = new SmallNetwork.Callback(report =>
                {
                    if (report is { Epoch: 2, Member: 3 })
                        cancellation.Cancel();
                }),
            };
            _ml.Fit(interrupted, _ml.Rows(120));
        }

        foreach (var _ in new[] { "goes on", "has ended" })
        {
            var resumed = _ml.Fit(options, _ml.Rows(120)).Model.Network;
            for (var i = 0; i < expected.Weights.Count; i++)
                CollectionAssert.AreEqual(expected.Weights[i].Values.ToArray(), resumed.Weights[i].Values.ToArray());
            CollectionAssert.AreEqual(
                expected.History.Epochs.Select(epoch => epoch.ValidationLoss).ToList(), resumed.History.Epochs.Select(epoch => epoch.ValidationLoss).ToList());
        }
    }

    /// <summary>The clock goes on with each look, so that the time is over somewhere within a round.</summary>
    [TestMethod]
    public void A_run_that_is_interrupted_within_a_round_goes_on_to_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        var options = Options with
        {
            BatchSize = 8,
            Recipe = RegularizationRecipe.None with { Dropout = 0.2, EarlyStopping = Stopping },
            Checkpoints = new CheckpointOptions { Folder = folder.Path, Interval = null },
        };
        var expected = _ml.Fit(options with { Checkpoints = null }, _ml.Rows(120)).Model.Network;
        var clock = new FakeClock { Step = TimeSpan.FromSeconds(1) };
        var limited = _ml.Fit(options with { Time = clock, TimeLimit = TimeSpan.FromSeconds(420) }, _ml.Rows(120)).Model.Network;
        Assert.AreEqual(StopReason.TimeLimit, limited.History.StopReason);
        Assert.IsLessThan(Options.MaxEpochs!.Value, limited.History.Epochs.Count);
        Assert.IsGreaterThan(0, limited.History.Epochs.Count);

        var resumed = _ml.Fit(options, _ml.Rows(120)).Model.Network;
        for (var i = 0; i < expected.Weights.Count; i++)
            CollectionAssert.AreEqual(expected.Weights[i].Values.ToArray(), resumed.Weights[i].Values.ToArray());
    }

    [TestMethod]
    public void Training_continues_from_each_member()
    {
        var first = _ml.Fit(Options, _ml.Rows(60)).Model;
        var still = Options with { LearningRate = 1e-20, MaxEpochs = 1 };
        var second = _ml.MulticlassClassification.Trainers.NeuralNetwork(still).Fit(_ml.Rows(60), first).Model;
        for (var i = 0; i < first.Weights.Count; i++)
            CollectionAssert.AreEqual(first.Weights[i].Values.ToArray(), second.Weights[i].Values.ToArray());

        var trainer = _ml.MulticlassClassification.Trainers.NeuralNetwork(still with { Members = 2 });
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => trainer.Fit(_ml.Rows(60), first));
        Assert.Contains("The previous model's network is of 3 members, but the trainer's Members is 2", error.Message);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1025)]
    public void The_number_of_members_has_a_range(int members)
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.Trainers.NeuralNetwork(Options with { Members = members }));
        Assert.Contains("Members", error.Message);
        Assert.Contains("1024", error.Message);
    }
}
