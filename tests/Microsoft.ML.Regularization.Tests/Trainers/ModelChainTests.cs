using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Trainers;

[TestClass]
public sealed class ModelChainTests
{
    // With next to no learning rate a model that trains on stays as it is.
    private static readonly NeuralNetworkOptions Still = SmallNetwork.Options with { LearningRate = 1e-20, MaxEpochs = 1 };

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void A_trainer_goes_on_from_a_fitted_a_loaded_and_a_nested_chain_alike()
    {
        var rows = _ml.Rows(150);
        var trainer = _ml.MulticlassClassification.Trainers.NeuralNetwork(SmallNetwork.Options);
        var chain = _ml.Transforms.CopyColumns("Copy", "Features").Append(trainer).Fit(rows);
        var expected = SmallNetwork.Weights(trainer.Fit(rows, chain.LastTransformer.Model).Model);
        var nested = new TransformerChain<ITransformer>(_ml.Transforms.CopyColumns("Another", "Features").Fit(rows), chain);
        foreach (var model in new ITransformer[] { chain, Reloaded(chain, rows.Schema), nested, chain.LastTransformer })
            SmallNetwork.AssertEqual(expected, SmallNetwork.Weights(trainer.Fit(rows, model).Model));
    }

    [TestMethod]
    public void A_whole_model_trains_on_with_raw_rows_and_keeps_all_that_is_not_the_network()
    {
        var rows = _ml.Rows(150);
        var pipeline = _ml.Transforms.Conversion.MapValueToKey("Key", "Name").Append(_ml.Transforms.Mixup("Features", "Key"))
            .Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(SmallNetwork.Options with { LabelColumnName = "Key" }))
            .Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        ITransformer model = Reloaded(pipeline.Fit(rows), rows.Schema);

        var still = model.ContinueTraining(rows, _ml.MulticlassClassification.Trainers.NeuralNetwork(Still with { LabelColumnName = "Key" }));
        CollectionAssert.AreEqual(
            model.Transform(rows).GetColumn<string>("PredictedLabel").ToArray(),
            Reloaded(still, rows.Schema).Transform(rows).GetColumn<string>("PredictedLabel").ToArray());

        var trained = model.ContinueTraining(rows, _ml.MulticlassClassification.Trainers.NeuralNetwork(SmallNetwork.Options with { LabelColumnName = "Key" }));
        Assert.IsLessThan(model.GetNeuralNetwork().History.Epochs[^1].TrainingLoss, trained.GetNeuralNetwork().History.Epochs[^1].TrainingLoss);
    }

    [TestMethod]
    public void A_threshold_stays_and_Monte_Carlo_is_of_the_new_network()
    {
        var rows = _ml.Rows(150);
        var options = SmallNetwork.Options with { LabelColumnName = "Flag", Recipe = RegularizationRecipe.None with { Dropout = 0.3 } };
        var first = _ml.BinaryClassification.Trainers.NeuralNetwork(options).Fit(rows);
        var careful = new TransformerChain<ITransformer>(
            _ml.BinaryClassification.ChangeModelThreshold(first, 0.2f, "Probability"), _ml.Transforms.MonteCarlo(first.Model.Network, passes: 5, seed: 3).Fit(rows));
        var trained = careful.ContinueTraining(rows, _ml.BinaryClassification.Trainers.NeuralNetwork(options with { MaxEpochs = 3 }));

        var scored = trained.Transform(rows);
        CollectionAssert.AreEqual(scored.GetColumn<float>("Probability").Select(p => p > 0.2f).ToArray(), scored.GetColumn<bool>("PredictedLabel").ToArray());
        var expected = _ml.Transforms.MonteCarlo(trained.GetNeuralNetwork(), passes: 5, seed: 3).Fit(rows).Transform(rows).GetColumn<float>("ScoreMean").ToArray();
        CollectionAssert.AreEqual(expected, scored.GetColumn<float>("ScoreMean").ToArray());
        CollectionAssert.AreNotEqual(careful.Transform(rows).GetColumn<float>("ScoreMean").ToArray(), expected);
    }

    [TestMethod]
    public void A_model_without_a_network_and_one_of_another_task_are_refused_by_name()
    {
        var rows = _ml.Rows(60);
        var trainer = _ml.MulticlassClassification.Trainers.NeuralNetwork(Still);
        var none = _ml.Transforms.CopyColumns("Copy", "Features").Append(_ml.Transforms.NormalizeMinMax("Copy")).Fit(rows);
        var other = _ml.Regression.Trainers.NeuralNetwork(Still with { LabelColumnName = "Target" }).Fit(rows);
        foreach (var (model, name) in new[] { (none, "no neural network"), ((ITransformer)other, nameof(NeuralNetworkRegressionModelParameters)) })
        {
            Assert.Contains(name, Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => trainer.Fit(rows, model)).Message);
            Assert.Contains(name, Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => model.ContinueTraining(rows, trainer)).Message);
        }
    }

    private static ITransformer Reloaded(ITransformer model, DataViewSchema schema)
    {
        using var file = new MemoryStream();
        new MLContext().Model.Save(model, schema, file);
        file.Position = 0;
        return new MLContext().Model.Load(file, out _);
    }
}
