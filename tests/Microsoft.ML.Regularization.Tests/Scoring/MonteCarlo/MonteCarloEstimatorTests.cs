using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Scoring.MonteCarlo;

[TestClass]
public sealed class MonteCarloEstimatorTests
{
    private static readonly RegularizationRecipe Noisy = RegularizationRecipe.None with { Dropout = 0.3 };

    private static IEnumerable<object[]> TaskNames => LearningTasks.All.Select(task => new object[] { task.Name });

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DynamicData(nameof(TaskNames))]
    public void In_a_pipeline_it_finds_the_network_that_scored_its_rows_and_its_column(string taskName)
    {
        var rows = _ml.Rows(60);
        var before = _ml.Transforms.CopyColumns("Own", "Features");
        var trainer = EveryTask.Trainer(_ml, LearningTasks.Find(taskName)!, SmallNetwork.Options with { Recipe = Noisy, MaxEpochs = 3, FeatureColumnName = "Own" });
        var pipeline = before.Append(trainer).Append(_ml.Transforms.CopyColumns("Later", "Score")).AppendCacheCheckpoint(_ml).Append(_ml.Transforms.MonteCarlo(passes: 7));

        var model = pipeline.Fit(rows);
        var scored = model.Transform(rows);
        Assert.AreEqual("Own", model.LastTransformer.Options.FeatureColumnName);

        var given = model.Append(_ml.Transforms.MonteCarlo(model.GetNeuralNetwork(), "Own", passes: 7, meanColumnName: "OtherMean")).Transform(rows);
        CollectionAssert.AreEqual(Means(scored, "ScoreMean"), Means(given, "OtherMean"));

        SchemaShapes.AssertPromise(pipeline, rows);

        using var file = new MemoryStream();
        _ml.Model.Save(model, rows.Schema, file);
        file.Position = 0;
        CollectionAssert.AreEqual(Means(scored, "ScoreMean"), Means(new MLContext().Model.Load(file, out _).Transform(rows), "ScoreMean"));
    }

    [TestMethod]
    public void A_given_network_keeps_its_promise_too()
    {
        var rows = _ml.Rows(60);
        foreach (var task in LearningTasks.All)
        {
            var model = EveryTask.Trainer(_ml, task, SmallNetwork.Options with { Recipe = Noisy, MaxEpochs = 1 }).Fit(rows);
            SchemaShapes.AssertPromise(_ml.Transforms.MonteCarlo(model.GetNeuralNetwork(), passes: 3), rows);
            SchemaShapes.AssertPromise(_ml.Transforms.MonteCarlo(model.GetNeuralNetwork(), passes: 3), model.Transform(rows));
        }
    }

    [TestMethod]
    public void Appended_to_a_model_it_takes_the_models_network()
    {
        var rows = _ml.Rows(60);
        var single = _ml.Fit(SmallNetwork.Options with { Recipe = Noisy, MaxEpochs = 3 }, rows);
        ITransformer bare = single;
        var chain = new TransformerChain<ITransformer>(single);

        var expected = Means(single.Append(_ml.Transforms.MonteCarlo(single.Model.Network, passes: 5)).Transform(rows), "ScoreMean");
        foreach (var model in (ITransformer[])
        [
            single.Append(_ml.Transforms.MonteCarlo(passes: 5)), bare.Append(_ml.Transforms.MonteCarlo(passes: 5)), chain.Append(_ml.Transforms.MonteCarlo(passes: 5)),
        ])
        {
            CollectionAssert.AreEqual(expected, Means(model.Transform(rows), "ScoreMean"));
        }
    }

    [TestMethod]
    public void Each_fold_of_a_cross_validation_has_its_own_network()
    {
        var rows = _ml.Rows(90);
        var trainer = _ml.MulticlassClassification.Trainers.NeuralNetwork(SmallNetwork.Options with { Recipe = Noisy, MaxEpochs = 3 });
        var folds = _ml.MulticlassClassification.CrossValidate(rows, trainer.Append(_ml.Transforms.MonteCarlo(passes: 5)), numberOfFolds: 2);

        CollectionAssert.AreNotEqual(Means(folds[0].Model.Transform(rows), "ScoreMean"), Means(folds[1].Model.Transform(rows), "ScoreMean"));
        foreach (var fold in folds)
        {
            var alone = ((TransformerChain<MonteCarloTransformer>)fold.Model).Append(_ml.Transforms.MonteCarlo(fold.Model.GetNeuralNetwork(), passes: 5, meanColumnName: "Own"));
            CollectionAssert.AreEqual(Means(alone.Transform(rows), "ScoreMean"), Means(alone.Transform(rows), "Own"));
        }
    }

    private static List<float> Means(IDataView view, string column) => view.Schema[column].Type is VectorDataViewType
        ? [.. view.GetColumn<float[]>(column).SelectMany(mean => mean)]
        : [.. view.GetColumn<float>(column)];
}
