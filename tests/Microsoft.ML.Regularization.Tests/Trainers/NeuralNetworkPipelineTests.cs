using System.Text.Json;
using Microsoft.ML.Data;
using static Microsoft.ML.Regularization.Tests.Trainers.SmallNetwork;

namespace Microsoft.ML.Regularization.Tests.Trainers;

/// <summary>The trainer and Mixup as parts of ordinary ML.NET pipelines.</summary>
[TestClass]
public sealed class NeuralNetworkPipelineTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow("Name")]
    [DataRow("Weight")]
    [DataRow("Label")]
    public void Class_names_are_those_that_ML_NETs_own_trainers_give(string labelSource)
    {
        var rows = _ml.Rows(120);
        IEstimator<ITransformer> toKey = labelSource == "Label" ? _ml.Transforms.CopyColumns("Key", "Label") : _ml.Transforms.Conversion.MapValueToKey("Key", labelSource);
        var theirs = toKey.Append(_ml.MulticlassClassification.Trainers.SdcaMaximumEntropy("Key")).Fit(rows).Transform(rows).Schema;
        var options = SmallNetwork.Options with { LabelColumnName = "Key", MaxEpochs = 1 };
        var ours = toKey.Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(options)).Fit(rows).Transform(rows).Schema;
        var mixed = toKey.Append(_ml.Transforms.Mixup(labelColumnName: "Key")).Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(options))
            .Fit(rows).Transform(rows).Schema;
        foreach (var name in new[] { "Score", "PredictedLabel" })
        {
            Assert.AreEqual(Describe(theirs[name]), Describe(ours[name]));
            Assert.AreEqual(Describe(theirs[name]), Describe(mixed[name]));
        }
    }

    [TestMethod]
    public void The_promised_schema_is_the_schema_of_the_predictions()
    {
        var rows = _ml.Rows(60);
        var named = _ml.Transforms.Conversion.MapValueToKey("Key", "Name").Fit(rows).Transform(rows);
        foreach (var (view, label) in new[] { (rows, "Label"), (named, "Key") })
        {
            var trainer = _ml.MulticlassClassification.Trainers.NeuralNetwork(SmallNetwork.Options with { LabelColumnName = label, MaxEpochs = 1 });
            SchemaShapes.AssertEqual(SchemaShapes.Of(trainer.Fit(view).Transform(view).Schema), trainer.GetOutputSchema(SchemaShapes.Of(view.Schema)));
        }
    }

    [TestMethod]
    public void Scores_are_the_same_before_saving_after_loading_by_view_and_by_row()
    {
        var rows = Example.Clusters(200);
        var view = _ml.Data.LoadFromEnumerable(rows);
        var pipeline = _ml.Transforms.NormalizeMinMax("Features")
            .AppendCacheCheckpoint(_ml)
            .Append(_ml.Transforms.HoldOut(0.2))
            .Append(_ml.Transforms.Mixup())
            .Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(SmallNetwork.Options with
            {
                Architecture = NetworkArchitecture.Mlp(16) with { Normalization = Normalization.Batch },
                Recipe = RegularizationRecipe.SmallDataset with { LabelSmoothing = 0.1, GradientClipping = GradientClipping.ByNorm() },
            }));
        var model = pipeline.Fit(view);
        var scores = Scores(model.Transform(view));

        using var file = new MemoryStream();
        _ml.Model.Save(model, view.Schema, file);
        file.Position = 0;
        var fresh = new MLContext();
        var loaded = fresh.Model.Load(file, out _);
        AssertEqual(scores, Scores(loaded.Transform(view)));

        using var before = _ml.Model.CreatePredictionEngine<Example, Prediction>(model);
        using var after = fresh.Model.CreatePredictionEngine<Example, Prediction>(loaded);
        AssertEqual(scores, rows.ConvertAll(row => before.Predict(row).Score));
        AssertEqual(scores, rows.ConvertAll(row => after.Predict(row).Score));

        var saved = model.GetNeuralNetwork();
        var read = loaded.GetNeuralNetwork();
        Assert.AreSame(model.LastTransformer.Model.Network, saved);
        Assert.AreEqual(saved.Architecture, read.Architecture);
        Assert.AreEqual(saved.Recipe, read.Recipe);
        Assert.AreEqual(JsonSerializer.Serialize(saved.History, StrictJson.Options), JsonSerializer.Serialize(read.History, StrictJson.Options));
    }

    [TestMethod]
    public void Cross_validation_and_permutation_importance_work()
    {
        var view = _ml.Rows(300);
        var trainer = _ml.Transforms.Mixup().Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(SmallNetwork.Options));
        foreach (var fold in _ml.MulticlassClassification.CrossValidate(view, trainer, numberOfFolds: 3))
            Assert.IsGreaterThan(0.75, fold.Metrics.MicroAccuracy);

        // The fourth feature is noise; the first three each mark a class.
        var model = trainer.Fit(view);
        var scored = model.Transform(view);
        var importance = _ml.MulticlassClassification.PermutationFeatureImportance(model.LastTransformer, scored, permutationCount: 3);
        var losses = importance.Select(slot => slot.MicroAccuracy.Mean).ToList();
        Assert.HasCount(Example.FeatureCount, losses);
        Assert.IsTrue(losses.Take(3).All(loss => loss < -0.1), "permuting a telling feature costs accuracy");
        Assert.IsGreaterThan(-0.05, losses[3]);
    }

    [TestMethod]
    public void Mixup_feeds_other_trainers_through_weighted_pairs()
    {
        var view = _ml.Rows(300);
        var pipeline = _ml.Transforms.Mixup(labelMode: LabelMode.WeightedPairs)
            .Append(_ml.MulticlassClassification.Trainers.LightGbm(exampleWeightColumnName: "Weight"));
        Assert.IsGreaterThan(0.75, _ml.MulticlassClassification.Evaluate(pipeline.Fit(view).Transform(_ml.Rows(300, seed: 2))).MicroAccuracy);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Weighted_pairs_suit_trainers_that_make_many_passes(bool isCached)
    {
        // The dual coordinates of SDCA belong to rows: it reads the same ones in every pass, in another order.
        var view = isCached ? _ml.Data.Cache(_ml.Rows(600)) : _ml.Rows(600);
        var pipeline = _ml.Transforms.Mixup(labelMode: LabelMode.WeightedPairs, exampleWeightColumnName: "Mixed")
            .Append(_ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(exampleWeightColumnName: "Mixed"));
        Assert.IsGreaterThan(0.8, _ml.MulticlassClassification.Evaluate(pipeline.Fit(view).Transform(_ml.Rows(300, seed: 2))).MicroAccuracy);
    }

    [TestMethod]
    public void Pipelines_whose_augmentation_is_not_what_it_seems_are_warned_of()
    {
        var view = _ml.Rows(100);
        var trainer = _ml.MulticlassClassification.Trainers.NeuralNetwork(SmallNetwork.Options with { MaxEpochs = 1, ValidationFraction = 0.2 });
        Assert.Contains("identity outside of the pipeline", WarningOf(ml => trainer.Fit(ml.Transforms.Mixup().Fit(view).Transform(view))));
        Assert.Contains("a share of rows that Mixup has changed", WarningOf(ml => ml.Transforms.Mixup().Append(trainer).Fit(view)));
        Assert.Contains("HoldOut stands behind Mixup", WarningOf(ml => ml.Transforms.Mixup().Append(ml.Transforms.HoldOut(0.3)).Append(trainer).Fit(view)));
        Assert.Contains("cache stands behind Mixup", WarningOf(ml => ml.Transforms.HoldOut(0.3).Append(ml.Transforms.Mixup()).AppendCacheCheckpoint(ml).Append(trainer).Fit(view)));
        Assert.AreEqual("", WarningOf(ml => ml.Transforms.HoldOut(0.3).Append(ml.Transforms.Mixup()).Append(trainer).Fit(view)));

        string WarningOf(Action<MLContext> fit)
        {
            var log = new LogRecorder(_ml);
            fit(_ml);
            return string.Join(' ', log.Warnings);
        }
    }

    private static string Describe(DataViewSchema.Column column)
    {
        var annotations = column.Annotations.Schema.Where(annotation => annotation.Name != "ScoreColumnSetId")
            .Select(annotation => $"{annotation.Name}: {annotation.Type} = {ValueOf(column.Annotations, annotation)}");
        return $"{column.Type} {string.Join("; ", annotations)}";
    }

    private static string ValueOf(DataViewSchema.Annotations annotations, DataViewSchema.Column annotation)
    {
        if (annotation.Type is VectorDataViewType { ItemType: TextDataViewType })
            return string.Join(',', Get<VBuffer<ReadOnlyMemory<char>>>().DenseValues());
        if (annotation.Type is VectorDataViewType { ItemType: NumberDataViewType })
            return string.Join(',', Get<VBuffer<float>>().DenseValues());
        return annotation.Type is TextDataViewType ? Get<ReadOnlyMemory<char>>().ToString() : "";

        T Get<T>()
        {
            T value = default!;
            annotations.GetValue(annotation.Name, ref value);
            return value;
        }
    }

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];
    }
}
