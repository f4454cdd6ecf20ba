namespace Microsoft.ML.Regularization.Tests.Trainers;

[TestClass]
public sealed class ContinuedTrainingTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void It_starts_from_the_weights_and_scales_of_the_previous_model()
    {
        // With next to no learning rate the model is the previous one, also on rows of another scale.
        var first = _ml.Fit(SmallNetwork.Options, _ml.Rows(150)).Model;
        var rows = Example.Clusters(100, seed: 9);
        rows.ForEach(row => row.Features = [.. row.Features.Select(feature => 10 * feature)]);
        var trainer = _ml.MulticlassClassification.Trainers.NeuralNetwork(SmallNetwork.Options with { LearningRate = 1e-20, MaxEpochs = 2, Seed = 77 });
        SmallNetwork.AssertEqual(SmallNetwork.Weights(first), SmallNetwork.Weights(trainer.Fit(_ml.Data.LoadFromEnumerable(rows), first).Model));
    }

    [TestMethod]
    public void It_goes_on_where_training_ended_and_leaves_the_previous_model_alone()
    {
        var view = _ml.Rows(300);
        var first = _ml.Fit(SmallNetwork.Options with { MaxEpochs = 5 }, view).Model;
        var before = SmallNetwork.Weights(first);
        var second = _ml.MulticlassClassification.Trainers.NeuralNetwork(SmallNetwork.Options with { MaxEpochs = 5 }).Fit(view, first).Model;
        SmallNetwork.AssertEqual(before, SmallNetwork.Weights(first));
        Assert.IsLessThan((first.History.Epochs[0].TrainingLoss + first.History.Epochs[^1].TrainingLoss) / 2, second.History.Epochs[0].TrainingLoss);
        Assert.IsLessThan(first.History.Epochs[^1].TrainingLoss, second.History.Epochs[^1].TrainingLoss);
    }

    [TestMethod]
    public void A_regression_keeps_the_units_of_its_target()
    {
        var options = SmallNetwork.Options with { LabelColumnName = "Target", LearningRate = 1e-20, MaxEpochs = 1 };
        var first = _ml.Regression.Trainers.NeuralNetwork(options with { LearningRate = 0.01, MaxEpochs = 20 }).Fit(_ml.Rows(100));
        var rows = Example.Clusters(100);
        rows.ForEach(row => row.Target *= 50);
        var second = _ml.Regression.Trainers.NeuralNetwork(options).Fit(_ml.Data.LoadFromEnumerable(rows), first.Model);
        Assert.AreEqual(
            _ml.Regression.Evaluate(first.Transform(_ml.Rows(100)), "Target").RSquared,
            _ml.Regression.Evaluate(second.Transform(_ml.Rows(100)), "Target").RSquared, 1e-6);
    }

    [TestMethod]
    public void Another_network_is_refused()
    {
        var first = _ml.Fit(SmallNetwork.Options with { MaxEpochs = 1 }, _ml.Rows(60)).Model;
        var other = SmallNetwork.Options with { Architecture = NetworkArchitecture.Mlp(8) };
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.Trainers.NeuralNetwork(other).Fit(_ml.Rows(60), first));
        Assert.Contains("Mlp(16, 16)", error.Message);
        Assert.Contains("Mlp(8)", error.Message);
    }

    [TestMethod]
    public void A_trainer_without_an_architecture_takes_that_of_the_model()
    {
        var first = _ml.Fit(SmallNetwork.Options with { MaxEpochs = 1 }, _ml.Rows(60)).Model;
        var trainer = _ml.MulticlassClassification.Trainers.NeuralNetwork(SmallNetwork.Options with { Architecture = null, LearningRate = 1e-20, MaxEpochs = 1 });
        var second = trainer.Fit(_ml.Rows(60), first).Model;
        Assert.AreEqual(first.Architecture, second.Architecture);
        SmallNetwork.AssertEqual(SmallNetwork.Weights(first), SmallNetwork.Weights(second));
        Assert.AreEqual(NetworkArchitecture.Mlp(256, 256), trainer.Fit(_ml.Rows(60)).Model.Architecture);
    }

    [TestMethod]
    public void Fine_tuning_holds_the_weights_of_the_previous_model()
    {
        var first = _ml.Fit(SmallNetwork.Options, _ml.Rows(150)).Model;
        var rows = _ml.Data.LoadFromEnumerable(Example.Clusters(100, seed: 9));
        var (free, weak, strong, head) = (Distances(new FineTuning()), Distances(With(0.1)), Distances(With(10)), Distances(new FineTuning { Frozen = ["hidden.*"] }));

        // Each layer, the last one and biases too, is nearer to where it started the stronger it is pulled.
        foreach (var name in free.Keys.Where(name => !name.StartsWith("scaling.", StringComparison.Ordinal)))
        {
            Assert.IsLessThan(free[name], weak[name], name);
            Assert.IsLessThan(0.2 * free[name], strong[name], name);
        }

        foreach (var (name, distance) in head)
            Assert.AreEqual(!name.StartsWith("output.", StringComparison.Ordinal), distance == 0, name);

        static FineTuning With(double penalty) => new() { StartingPointPenalty = penalty };

        Dictionary<string, double> Distances(FineTuning tuning)
        {
            var options = SmallNetwork.Options with { FineTuning = tuning, LearningRate = 0.01, MaxEpochs = 20, Schedule = LearningRateSchedule.Linear() };
            var model = _ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(rows, first).Model;
            return first.Weights.Zip(model.Weights).ToDictionary(pair => pair.First.Name, pair => Distance(pair.First, pair.Second));
        }

        static double Distance(NetworkTensor one, NetworkTensor other) => Math.Sqrt(one.Values.ToArray().Zip(other.Values.ToArray(), (a, b) => Math.Pow(a - b, 2)).Sum());
    }
}
