using Microsoft.ML.Regularization.Tests.Trainers;
using Microsoft.ML.Regularization.Tests.Training.Checkpoints;

namespace Microsoft.ML.Regularization.Tests.Ensembles.Packs;

[TestClass]
public sealed class PackTrainingTests
{
    private static readonly NeuralNetworkOptions Options = new()
    {
        Architecture = new RealMlpArchitecture { HiddenSizes = [16, 16] },
        Pack = new PackOptions { Members = 5, MaxSnapshots = 8 },
        Calibration = Calibration.None,
        MaxEpochs = 8,
        BatchSize = 32,
    };

    private readonly MLContext _ml = new(seed: 1);

    // The last network may be of another kind.
    private static IEnumerable<object?[]> Packs =>
        from task in LearningTasks.All
        from tabM in new[] { null, new TabMArchitecture { Members = 3, HiddenSizes = [12] } }
        select new object?[] { task.ToString(), tabM };

    [TestMethod]
    [DynamicData(nameof(Packs))]
    public void The_ensemble_is_what_the_history_says_and_no_worse_than_its_best_network(string taskName, TabMArchitecture? tabM)
    {
        var task = LearningTasks.Find(taskName)!;
        var validation = _ml.Rows(150, seed: 2);
        var model = EveryTask.Trainer(_ml, task, Options with { ValidationSet = validation, Pack = Options.Pack! with { FirstMembers = 1, TabM = tabM } }).Fit(_ml.Rows(300));
        var network = model.GetNeuralNetwork();
        var (history, pack) = (network.History, network.History.Pack!);
        Assert.HasCount(5, pack.Members);
        Assert.AreEqual(tabM?.HiddenSizes, (pack.Members[^1].Architecture as TabMArchitecture)?.HiddenSizes);
        Assert.IsTrue(pack.Members.SkipLast(1).All(member => member.Architecture is RealMlpArchitecture));
        Assert.HasCount(pack.Members.Sum(member => member.Snapshots), network.Members);
        Assert.HasCount(8, history.Epochs);
        Assert.IsTrue(network.Members.All(member => pack.Members.Any(tried => tried.Architecture == member.Architecture && tried.Recipe == member.Recipe && tried.LearningRate.Equals(member.Training.LearningRate))));

        // ML.NET's evaluator measures the model's own scores.
        var scored = model.Transform(validation);
        var loss = !EveryTask.HasClasses(task) ? _ml.Regression.Evaluate(scored, "Target").RootMeanSquaredError
            : task == LearningTask.BinaryClassification ? _ml.BinaryClassification.Evaluate(scored, "Flag").LogLoss * Math.Log(2)
            : _ml.MulticlassClassification.Evaluate(scored).LogLoss;
        var metric = EveryTask.HasClasses(task) ? ValidationMetric.Loss : ValidationMetric.RootMeanSquaredError;
        Assert.AreEqual(loss, history.Epochs[^1].ValidationMetrics[metric], 1e-4);
        Assert.AreEqual(loss, history.Epochs[history.ModelEpoch - 1].ValidationMetrics[metric], 1e-4);
        Assert.IsLessThanOrEqualTo(pack.Members.Min(member => member.BestLoss!.Value) + 1e-5, loss);
        Assert.AreEqual(metric, pack.Metric);
        Assert.AreEqual(loss, pack.EnsembleLoss!.Value, 1e-4);
        Assert.AreEqual(1, pack.Members.Sum(member => member.Share), 1e-9);
        foreach (var member in pack.Members)
            Assert.AreEqual((double)member.Snapshots / network.Members.Count, member.Share, 1e-9);
    }

    [TestMethod]
    [DynamicData(nameof(Packs))]
    public void The_model_predicts_the_mean_of_its_snapshots_and_is_saved_with_them(string taskName, TabMArchitecture? tabM)
    {
        var task = LearningTasks.Find(taskName)!;
        var rows = _ml.Rows(200);
        var model = EveryTask.Trainer(_ml, task, Options with { Pack = Options.Pack! with { TabM = tabM } }).Fit(rows);
        using var file = new MemoryStream();
        _ml.Model.Save(model, rows.Schema, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out _);

        SmallNetwork.AssertEqual(EveryTask.Scores(model, rows), EveryTask.Scores(loaded, rows));
        Assert.AreEqual(model.GetNeuralNetwork().History.Pack, loaded.GetNeuralNetwork().History.Pack);
        Assert.Contains(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"the ensemble {model.GetNeuralNetwork().History.Pack!.EnsembleLoss:0.0000}, its best network"), $"{loaded.GetNeuralNetwork().History.Pack}");
    }

    [TestMethod]
    public void With_folds_it_is_selected_by_predictions_of_rows_that_networks_have_not_seen()
    {
        var network = _ml.Fit(Options with { Folds = 3, Pack = new PackOptions { Members = 3 } }, _ml.Rows(120)).Model.Network;

        Assert.HasCount(3 * network.History.Pack!.Members.Sum(member => member.Snapshots), network.Members);
        Assert.AreEqual(120, network.History.ValidationRows);

        // Labels that have nothing to do with the features cannot be told by networks that have not seen them.
        var random = new Random(3);
        var noise = Example.Clusters(150);
        noise.ForEach(row => row.Label = (uint)random.Next(3));
        var told = _ml.Fit(Options with { Folds = 3, MaxEpochs = 30, Pack = new PackOptions { Members = 3 } }, _ml.Data.LoadFromEnumerable(noise)).Model.Network.History;
        Assert.IsGreaterThan(Math.Log(3) - 0.05, told.Epochs[^1].ValidationLoss!.Value);
    }

    [TestMethod]
    public void The_same_seed_gives_the_same_model_on_any_number_of_threads_and_another_seed_another()
    {
        var (first, second) = (Weights(Options with { Seed = 4 }), Weights(Options with { Seed = 4 }));
        SmallNetwork.AssertEqual(first, second);
        var other = _ml.Fit(Options with { Seed = 5 }, _ml.Rows(120)).Model.Network.History.Pack!;
        Assert.AreNotEqual(_ml.Fit(Options with { Seed = 4 }, _ml.Rows(120)).Model.Network.History.Pack!.Members[1].LearningRate, other.Members[1].LearningRate);

        List<float[]> Weights(NeuralNetworkOptions options) => SmallNetwork.Weights(_ml.Fit(options, _ml.Rows(120)).Model);
    }

    [TestMethod]
    public void An_interrupted_pack_has_the_best_ensemble_so_far_and_goes_on_to_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        var options = Options with { Seed = 6, Checkpoints = new CheckpointOptions { Folder = folder.Path } };
        var expected = _ml.Fit(options with { Checkpoints = null }, _ml.Rows(120)).Model;
        using (var cancellation = new CancellationTokenSource())
        {
            var interrupted = options with
            {
                CancellationToken = cancellation.Token,
                Progress = new SmallNetwork.Callback(report =>
                {
                    if (report is { Epoch: 3, Member: 2 })
                        cancellation.Cancel();
                }),
            };
            var history = _ml.Fit(interrupted, _ml.Rows(120)).Model.History;
            Assert.AreEqual(StopReason.Cancelled, history.StopReason);
            Assert.HasCount(3, history.Epochs);
        }

        foreach (var _ in new[] { "goes on", "has ended" })
        {
            var resumed = _ml.Fit(options, _ml.Rows(120)).Model;
            SmallNetwork.AssertEqual(SmallNetwork.Weights(expected), SmallNetwork.Weights(resumed));
            Assert.AreEqual(expected.History.Pack, resumed.History.Pack);
        }
    }

    [TestMethod]
    public void Who_no_longer_improves_leaves_and_the_pack_ends_by_itself()
    {
        var history = _ml.Fit(Options with { MaxEpochs = 200, Pack = Options.Pack! with { Patience = 3 } }, _ml.Rows(150)).Model.History;

        Assert.AreEqual(StopReason.PatienceExhausted, history.StopReason);
        Assert.IsLessThan(200, history.Epochs.Count);
        Assert.IsGreaterThan(1, history.Pack!.Members.Select(member => member.Epochs).Distinct().Count());
        foreach (var member in history.Pack.Members.Where(member => member.Epochs < history.Epochs.Count))
            Assert.AreEqual(member.BestEpoch + 3, member.Epochs);
    }

    [TestMethod]
    public void A_time_limit_before_the_first_epoch_gives_no_model()
    {
        var clock = new FakeClock { Step = TimeSpan.FromSeconds(1) };
        var error = Assert.ThrowsExactly<TimeoutException>(
            () => _ml.Fit(Options with { Time = clock, TimeLimit = TimeSpan.FromSeconds(60), BatchSize = 1 }, _ml.Rows(100)));
        Assert.Contains("TimeLimit", error.Message);
    }

    [TestMethod]
    public void Probabilities_are_calibrated_by_the_mean_of_the_ensemble()
    {
        var options = Options with { Seed = 7, Recipe = RegularizationRecipe.None with { LabelSmoothing = 0.3 }, Pack = new PackOptions { Members = 2, MaxSnapshots = 1, FirstMembers = 1 } };
        var validation = _ml.Rows(150, seed: 2);
        var plain = _ml.Fit(options with { ValidationSet = validation }, _ml.Rows(300));
        var calibrated = _ml.Fit(options with { ValidationSet = validation, Calibration = null }, _ml.Rows(300));

        Assert.IsNotNull(calibrated.Model.History.Calibration);
        Assert.IsLessThan(LossOf(plain), LossOf(calibrated));

        double LossOf(ITransformer model) => _ml.MulticlassClassification.Evaluate(model.Transform(validation)).LogLoss;
    }

    private static IEnumerable<object[]> Refused =>
    [
        Case(options => options with { Pack = new PackOptions { Members = 1 } }, "Pack.Members", "from 2 to 64"),
        Case(options => options with { Pack = new PackOptions { MaxSnapshots = 0 } }, "Pack.MaxSnapshots"),
        Case(options => options with { Pack = new PackOptions { MaxSnapshots = 3, FirstMembers = 4 } }, "Pack.FirstMembers", "3"),
        Case(options => options with { Pack = new PackOptions { Patience = 0 } }, "Pack.Patience"),
        Case(options => options with { Pack = new PackOptions { Metric = ValidationMetric.RSquared } }, "Pack.Metric is RSquared", "Accuracy"),
        Case(options => options with { Architecture = NetworkArchitecture.Mlp() }, "RealMLP", "Mlp"),
        Case(options => options with { Pack = new PackOptions { TabM = new TabMArchitecture { Members = 0 } } }, "Members", "0"),
        Case(options => options with { Pack = new PackOptions { TabM = new TabMArchitecture { KeptMembers = 2 } } }, "Pack.TabM", "KeptMembers is 2"),
        Case(options => options with { Pack = new PackOptions { Draws = (PackDraws)(1 << 20) } }, "Pack.Draws", "1048576"),
        Case(options => options with { Pack = new PackOptions { Draws = PackDraws.Mixup }, Recipe = RegularizationRecipe.None with { ManifoldMixup = new ManifoldMixup() } }, "Pack.Draws names Mixup", "manifold mixup"),
        Case(options => options with { Pack = new PackOptions { Draws = PackDraws.Recipe }, Loss = LossFunction.Focal(2) }, "Pack.Draws names LabelSmoothing", "Loss"),
        Case(options => options with { Architecture = new RealMlpArchitecture { EmbedsNumbers = false }, Pack = new PackOptions { Draws = PackDraws.Network } }, "Pack.Draws names Frequencies", "plain numbers"),
        Case(options => options with { Pack = new PackOptions { MaxMegabytes = 0 } }, "Pack.MaxMegabytes"),
        Case(options => options with { Architecture = NetworkArchitecture.RealMlp(), Pack = new PackOptions { MaxMegabytes = 2 } }, "Pack.MaxMegabytes is 2", "one network", "Raise it to"),
        Case(options => options with { Members = 3 }, "Members is 3", "Pack.Members"),
        Case(options => options with { ValidationFraction = 0 , Recipe = RegularizationRecipe.None }, "Pack", "validation rows"),
    ];

    [TestMethod]
    [DynamicData(nameof(Refused))]
    public void What_does_not_go_together_is_refused(string name, Action action, string[] fragments) => Refusal.Check(name, action, fragments);

    private static object[] Case(Func<NeuralNetworkOptions, NeuralNetworkOptions> change, params string[] fragments)
    {
        var ml = new MLContext(seed: 1);
        return Refusal.Case(fragments[0], () => ml.Fit(change(Options), ml.Rows(60)), fragments);
    }
}
