using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Trainers;
using Microsoft.ML.Regularization.Tests.Training.Checkpoints;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Tasks.Losses;

[TestClass]
public sealed class CustomLossTests
{
    private readonly MLContext _ml = new(seed: 1);

    private static NeuralNetworkOptions Squared => SmallNetwork.Options with { LabelColumnName = nameof(Example.Target), ValidationFraction = 0.2, MaxEpochs = 6 };

    [TestMethod]
    public void One_that_computes_the_same_as_one_of_the_library_trains_the_same_network()
    {
        var rows = _ml.Rows(120);
        AssertSame(LearningTask.Regression, LossFunction.Squared, new OwnSquaredLoss());
        AssertSame(LearningTask.MulticlassClassification, LossFunction.CrossEntropy, new OwnCrossEntropy());

        void AssertSame(LearningTask task, LossFunction loss, ICustomLoss own)
        {
            var options = SmallNetwork.Options with { ValidationFraction = 0.2, MaxEpochs = 6 };
            var expected = EveryTask.Trainer(_ml, task, options with { Loss = loss }).Fit(rows);
            var actual = EveryTask.Trainer(_ml, task, options with { Loss = LossFunction.Custom(own) }).Fit(rows);
            foreach (var (first, second) in EveryTask.Weights(expected).Zip(EveryTask.Weights(actual)))
            {
                for (var i = 0; i < first.Length; i++)
                    Assert.AreEqual(first[i], second[i], 1e-4, task.Name);
            }

            foreach (var (first, second) in expected.GetNeuralNetwork().History.Epochs.Zip(actual.GetNeuralNetwork().History.Epochs))
                Assert.AreEqual(first.ValidationLoss!.Value, second.ValidationLoss!.Value, 1e-4);
        }
    }

    [TestMethod]
    public void Its_gradient_is_that_of_finite_differences()
    {
        using var scope = torch.NewDisposeScope();
        var outputs = torch.tensor([0.3, -1.2, 0.7, 2.1, -0.4, 0.9], [2, 3], requires_grad: true);
        var targets = torch.tensor([0.2, 0.5, 0.3, 1, 0, 0], [2, 3]);
        var factors = torch.tensor((double[])[0.5, 2]);
        var objective = LossFunction.Custom(new OwnCrossEntropy()).CreateObjective(RegularizationRecipe.None);

        GradientCheck.AssertRight(() => objective.Sum(outputs, targets, factors), ("outputs", outputs));
    }

    [TestMethod]
    public void It_learns_true_from_false_and_its_model_needs_it_no_longer()
    {
        var rows = _ml.Rows(150);
        var model = _ml.BinaryClassification.Trainers.NeuralNetwork(
            SmallNetwork.Options with { LabelColumnName = nameof(Example.Flag), MaxEpochs = 60, Loss = LossFunction.Custom(new OwnHingeLoss()) }).Fit(rows);
        var scored = model.Transform(rows);
        Assert.IsGreaterThan(0.9, _ml.BinaryClassification.Evaluate(scored, nameof(Example.Flag)).Accuracy);

        using var file = new MemoryStream();
        _ml.Model.Save(model, rows.Schema, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out _);
        CollectionAssert.AreEqual(scored.GetColumn<float>("Score").ToList(), loaded.Transform(rows).GetColumn<float>("Score").ToList());
    }

    [TestMethod]
    public void A_run_that_was_interrupted_goes_on_to_the_same_network_and_not_with_another_loss()
    {
        var rows = _ml.Rows(120);
        var options = Squared with { Loss = LossFunction.Custom(new OwnSquaredLoss { Factor = 2 }) };
        var (model, interruptions) = InterruptedTraining.Fit(options, Fit, checkpoints: 4);
        Assert.IsGreaterThan(1, interruptions);
        InterruptedTraining.AssertSame(Fit(options), model);

        using var folder = new TemporaryFolder();
        var kept = options with { Checkpoints = new CheckpointOptions { Folder = folder.Path } };
        Fit(kept);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Fit(kept with { Loss = LossFunction.Custom(new OwnSquaredLoss { Factor = 3 }) }));
        Assert.Contains("""Loss.Properties is {"factor":3}, but was {"factor":2}""", error.Message);

        ITransformer Fit(NeuralNetworkOptions own) => new MLContext(seed: 4).Regression.Trainers.NeuralNetwork(own).Fit(rows);
    }

    [TestMethod]
    public void What_does_not_fit_is_refused()
    {
        var rows = _ml.Rows(60);
        AssertRefused<ArgumentOutOfRangeException>(
            () => _ml.Regression.Trainers.NeuralNetwork(Squared with { Loss = LossFunction.Custom(new OwnCrossEntropy()) }), "OwnCrossEntropy", "a regression cannot be trained with");
        AssertRefused<ArgumentOutOfRangeException>(
            () => _ml.MulticlassClassification.Trainers.NeuralNetwork(SmallNetwork.Options with { Loss = LossFunction.Custom(new OwnSquaredLoss()) }), "OwnSquaredLoss", "classification");
        AssertRefused<ArgumentOutOfRangeException>(
            () => _ml.MulticlassClassification.Trainers.NeuralNetwork(SmallNetwork.Options with
            {
                Loss = LossFunction.Custom(new OwnHingeLoss()), Recipe = RegularizationRecipe.None with { LabelSmoothing = 0.1 },
            }),
            "LabelSmoothing is 0.1", "OwnHingeLoss");
        AssertRefused<InvalidOperationException>(
            () => _ml.Regression.Trainers.NeuralNetwork(Squared with { Loss = LossFunction.Custom(new OwnMeanLoss()) }).Fit(rows), "OwnMeanLoss", "it is to be a tensor (");
        AssertRefused<InvalidOperationException>(
            () => _ml.Regression.Trainers.NeuralNetwork(Squared with { Loss = new CustomLoss { TypeName = "Nowhere.Loss, Nowhere" } }), "'Nowhere.Loss, Nowhere'", "lacks");
        Assert.ThrowsExactly<ArgumentNullException>(() => LossFunction.Custom(null!));

        static void AssertRefused<T>(Func<object> action, params string[] fragments)
            where T : Exception
        {
            var error = Assert.Throws<T>(action);
            foreach (var fragment in fragments)
                Assert.Contains(fragment, error.Message);
        }
    }
}
