using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Training.Checkpoints;

namespace Microsoft.ML.Regularization.Tests.Trainers;

/// <summary>Networks whose head is fitted to what a published body makes of the rows.</summary>
[TestClass]
public sealed class LinearProbeTests
{
    private static readonly IDataView Rows = new MLContext().Data.LoadFromEnumerable(InputExample.Of(90));

    private static IEnumerable<object[]> Cases => from own in TunedNetwork.Both from task in LearningTasks.All select new object[] { own, task.Name };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void The_head_alone_is_fitted_without_epochs(object architecture, string taskName)
    {
        var (own, task) = ((ArchitectureCase)architecture, LearningTasks.Find(taskName)!);
        using var file = TunedNetwork.Publish(own);
        var options = TunedNetwork.Options(own, file, FineTuning.FittedHead, recipe: null);

        var model = TunedNetwork.Trainer(options, task).Fit(Rows);

        var (history, weights) = (model.GetNeuralNetwork().History, model.GetNeuralNetwork().Outcome.Weights);
        Assert.AreEqual((0, 0, StopReason.Converged), (history.Epochs.Count, history.ModelEpoch, history.StopReason));
        var probe = history.Probe!;
        Assert.AreEqual(90, probe.Rows);
        Assert.AreEqual(probe.Tried.MinBy(tried => tried.Loss)!.Penalty, probe.Penalty);
        Assert.AreEqual(EveryTask.HasClasses(task), history.Calibration is not null);
        Assert.Contains("penalty", $"{history}");
        foreach (var tensor in TunedNetwork.Read(file).Tensors)
            CollectionAssert.AreEqual(tensor.Values.ToArray(), weights.Find(tensor.Name)!.Values.ToArray(), tensor.Name);

        var record = model.GetNeuralNetwork().Training;
        Assert.AreEqual((Path.GetFileName(file.Path), options.Pretrained!.Sha256, FineTuning.FittedHead), (record.Pretrained!.File, record.Pretrained.Sha256, record.FineTuning));
        using var saved = new MemoryStream();
        new MLContext().Model.Save(model, Rows.Schema, saved);
        saved.Position = 0;
        var loaded = new MLContext().Model.Load(saved, out _);
        var kept = loaded.GetNeuralNetwork().History;
        Assert.AreEqual((probe.Tried, probe.Calibration, $"{history}"), (kept.Probe!.Tried, kept.Probe.Calibration, $"{kept}"));
        EveryTask.Scores(model, Rows).Zip(EveryTask.Scores(loaded, Rows)).ToList().ForEach(pair => CollectionAssert.AreEqual(pair.First, pair.Second));
        EveryTask.Weights(model).Zip(EveryTask.Weights(TunedNetwork.Trainer(options, task).Fit(Rows))).ToList().ForEach(pair => CollectionAssert.AreEqual(pair.First, pair.Second));
    }

    /// <summary>Epochs of a rate that destroys what the network knows are not taken.</summary>
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Fine_tuning_that_makes_it_worse_leaves_the_head_alone(bool retrains)
    {
        using var file = TunedNetwork.Publish(TunedNetwork.Texts);
        var recipe = RegularizationRecipe.None with { EarlyStopping = new EarlyStopping { StandardErrors = 0, RetrainsOnAllRows = retrains, Patience = 2 }, WeightAveraging = WeightAveraging.Exponential(0.9) };
        var options = TunedNetwork.Options(TunedNetwork.Texts, file, new FineTuning { Probe = new LinearProbe() }, recipe) with { LearningRate = 3, ValidationFraction = 0.3 };

        var model = TunedNetwork.Trainer(options, LearningTask.MulticlassClassification).Fit(Rows).GetNeuralNetwork();

        Assert.AreEqual(0, model.History.ModelEpoch);
        Assert.IsGreaterThan(0, model.History.Epochs.Count);
        Assert.IsLessThan(model.History.Epochs.Min(epoch => epoch.ValidationLoss!.Value), model.History.Probe!.ValidationMetrics[ValidationMetric.Loss]);
        Assert.AreEqual(retrains ? 90 : model.History.TrainingRows, model.History.Calibration!.Rows);
        foreach (var tensor in TunedNetwork.Read(file).Tensors)
            CollectionAssert.AreEqual(tensor.Values.ToArray(), model.Outcome.Weights.Find(tensor.Name)!.Values.ToArray(), tensor.Name);
    }

    [TestMethod]
    public void Fine_tuning_goes_on_from_it_and_resumes_to_the_same_weights()
    {
        using var file = TunedNetwork.Publish(TunedNetwork.Images);
        var recipe = RegularizationRecipe.None with { EarlyStopping = new EarlyStopping(), WeightAveraging = WeightAveraging.Exponential(0.9), RDrop = 0.5, Dropout = 0.1 };
        var tuning = new FineTuning { Probe = new LinearProbe(), UnfreezingEpochs = 1, Mixout = 0.3, LayerDecay = 0.9, StartingPointPenalty = 0.01 };
        var options = TunedNetwork.Options(TunedNetwork.Images, file, tuning, recipe) with { ValidationFraction = 0.25, LearningRate = 1e-4 };
        ITransformer Fit(NeuralNetworkOptions own) => TunedNetwork.Trainer(own, LearningTask.MulticlassClassification).Fit(Rows);

        var whole = Fit(options);
        Assert.IsLessThan(0.5 * Math.Log(3), whole.GetNeuralNetwork().History.Epochs[0].TrainingLoss);
        var (pieces, interruptions) = InterruptedTraining.Fit(options, Fit, checkpoints: 4);

        Assert.IsGreaterThan(0, interruptions);
        InterruptedTraining.AssertSame(whole, pieces);
    }

    [TestMethod]
    public void Layers_that_start_later_are_as_published_before()
    {
        using var file = TunedNetwork.Publish(TunedNetwork.Texts);
        var options = TunedNetwork.Options(TunedNetwork.Texts, file, new FineTuning { UnfreezingEpochs = 2 }, RegularizationRecipe.None with { WeightDecay = 0.1, L2 = 0.01 }) with { MaxEpochs = 5 };
        var (start, end) = (TunedNetwork.Read(file), TunedNetwork.Trainer(options, LearningTask.MulticlassClassification).Fit(Rows).GetNeuralNetwork().Outcome.Weights);
        foreach (var tensor in start.Tensors)
        {
            // Of two blocks the upper one starts in epoch 3, the lower one in epoch 5, and what is before them in epoch 7.
            var moves = tensor.Name.StartsWith("blocks.", StringComparison.Ordinal);
            Assert.AreEqual(!moves, tensor.Values.Span.SequenceEqual(end.Find(tensor.Name)!.Values.Span), tensor.Name);
        }
    }

    [TestMethod]
    public void Presets_say_what_moves_by_the_number_of_rows()
    {
        Assert.AreEqual((FineTuning.FittedHead, FineTuning.FittedHead), (FineTuning.Texts(29), FineTuning.Images(99)));
        Assert.AreEqual((4, null), (FineTuning.Texts(30).MovingLayers, FineTuning.Images(100).MovingLayers));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => FineTuning.Texts(0));

        using var file = TunedNetwork.Publish(TunedNetwork.Texts);
        var options = TunedNetwork.Options(TunedNetwork.Texts, file, FineTuning.Texts(90) with { MovingLayers = 1 }, recipe: null) with { LearningRate = null, BatchSize = null, MaxEpochs = null };
        var model = TunedNetwork.Trainer(options, LearningTask.MulticlassClassification).Fit(Rows).GetNeuralNetwork();
        Assert.AreEqual((RegularizationRecipe.FineTuning, 16, 6, 2e-4), (model.Recipe, model.Training.BatchSize, model.Training.MaxEpochs, model.Training.LearningRate));
        Assert.AreEqual((6, 90L, 0L), (model.History.ModelEpoch, model.History.TrainingRows, model.History.ValidationRows));
        foreach (var tensor in TunedNetwork.Read(file).Tensors)
        {
            var moves = tensor.Name.StartsWith("blocks.1.", StringComparison.Ordinal);
            Assert.AreEqual(!moves, tensor.Values.Span.SequenceEqual(model.Outcome.Weights.Find(tensor.Name)!.Values.Span), tensor.Name);
        }
    }

    /// <summary>A head that fits its rows leaves nothing to learn: the one that tuning starts from has a stronger penalty, and a greater loss on them.</summary>
    [TestMethod]
    public void Tuning_starts_from_a_head_of_a_stronger_penalty()
    {
        using var file = TunedNetwork.Publish(TunedNetwork.Texts);
        double[] losses = [.. new[] { 1e-6, 1, 100 }.Select(penalty =>
        {
            var tuning = new FineTuning { Probe = new LinearProbe { TuningPenalty = penalty }, MovingLayers = 1 };
            var options = TunedNetwork.Options(TunedNetwork.Texts, file, tuning, RegularizationRecipe.None) with { LearningRate = 1e-12, MaxEpochs = 1 };
            return TunedNetwork.Trainer(options, LearningTask.MulticlassClassification).Fit(Rows).GetNeuralNetwork().History.Epochs[0].TrainingLoss;
        })];
        Assert.IsGreaterThan(losses[0] + 1e-3, losses[1]);
        Assert.IsGreaterThanOrEqualTo(losses[1], losses[2]);
    }

    [TestMethod]
    public void What_cannot_be_is_refused_by_name()
    {
        using var file = TunedNetwork.Publish(TunedNetwork.Texts);
        var options = TunedNetwork.Options(TunedNetwork.Texts, file, FineTuning.FittedHead, recipe: null);
        Check("folds", options with { FineTuning = new FineTuning { Probe = new LinearProbe { Folds = 1 } } }, "Probe.Folds", "from 2 to 20");
        Check("penalty", options with { FineTuning = new FineTuning { Probe = new LinearProbe { Penalty = 0 } } }, "Probe.Penalty", "0");
        Check("moving layers", options with { FineTuning = new FineTuning { MovingLayers = -1 } }, "MovingLayers", "-1");
        Check("start of tuning", options with { FineTuning = new FineTuning { Probe = new LinearProbe { TuningPenalty = 0 } } }, "Probe.TuningPenalty", "0");
        Check("members", options with { Members = 3 }, "Probe", "Members is 3");
        Check("several folds", options with { Folds = 3 }, "Probe", "Folds is 3");
        Check("loss", options with { Loss = LossFunction.Focal() }, "Probe", "focal loss");
        Check("augmentations", options with { Recipe = RegularizationRecipe.None with { Augmentations = [new MixupOptions()] } }, "Probe", "features are computed once");
        Check("mixout", options with { FineTuning = FineTuning.FittedHead with { Mixout = 0.5 } }, "Mixout is 0.5", "nothing of the body learns");
        Check("unfreezing", options with { FineTuning = new FineTuning { Frozen = ["*"], UnfreezingEpochs = 1 } }, "UnfreezingEpochs is 1", "nothing of the body learns");
        Check("L2-SP", options with { FineTuning = FineTuning.FittedHead with { StartingPointPenalty = 0.1 } }, "StartingPointPenalty is 0.1", "nothing of the body learns");
        Check("range of mixout", options with { FineTuning = new FineTuning { Mixout = 1 } }, "Mixout", "below 1");
        Check("table", options with { Architecture = NetworkArchitecture.Mlp(4) }, "Probe", "heads are fitted for images and texts");
        Check("no weights", options with { Pretrained = null }, "FineTuning", "Pretrained is null");

        static void Check(string what, NeuralNetworkOptions own, params string[] fragments) =>
            Refusal.Check(what, () => TunedNetwork.Trainer(own, LearningTask.MulticlassClassification), fragments);
    }
}
