using System.Reflection;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Golden;

namespace Microsoft.ML.Regularization.Tests.Trainers;

/// <summary>The library's prediction transformers beside ML.NET's own, which score with the same model row by row.</summary>
[TestClass]
public sealed class NeuralNetworkTransformerTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow("binary classification")]
    [DataRow("multiclass classification")]
    [DataRow("regression")]
    public void Columns_and_their_annotations_are_those_of_MLNETs_scorers(string taskName)
    {
        var (model, view) = Fit(taskName);
        var (ours, theirs) = (model.Transform(view).Schema, OfMlNet(model, view).Transform(view).Schema);

        CollectionAssert.AreEqual(theirs.Select(Describe).ToList(), ours.Select(Describe).ToList());
        CollectionAssert.AreEqual(theirs.Select(Describe).ToList(), model.GetOutputSchema(view.Schema).Select(Describe).ToList());
    }

    [TestMethod]
    [DataRow("binary classification")]
    [DataRow("multiclass classification")]
    [DataRow("regression")]
    public void A_file_of_an_earlier_version_holds_MLNETs_transformer_and_scores_the_same(string taskName)
    {
        var (model, view) = Fit(taskName);
        var task = LearningTasks.Find(taskName)!;
        var earlier = SaveAndLoad(OfMlNet(model, view), view);

        Assert.DoesNotContain("NeuralNetwork", Last(earlier).GetType().Name);
        AssertClose(EveryTask.Scores(model, view), EveryTask.Scores(earlier, view));
        Assert.AreEqual(model.GetNeuralNetwork().Architecture, earlier.GetNeuralNetwork().Architecture);
    }

    [TestMethod]
    [DataRow("binary classification")]
    [DataRow("multiclass classification")]
    [DataRow("regression")]
    public void It_comes_back_from_a_file_as_it_was(string taskName)
    {
        var (model, view) = Fit(taskName);
        var task = LearningTasks.Find(taskName)!;
        var loaded = Last(SaveAndLoad(model, view));

        Assert.AreEqual(model.GetType(), loaded.GetType());
        CollectionAssert.AreEqual(model.GetOutputSchema(view.Schema).Select(Describe).ToList(), loaded.GetOutputSchema(view.Schema).Select(Describe).ToList());
        AssertClose(EveryTask.Scores(model, view), EveryTask.Scores(loaded, view));
    }

    [TestMethod]
    [DataRow(null, 1.5f)]
    [DataRow("Score", -1f)]
    [DataRow("Probability", 0.9f)]
    public void A_threshold_decides_on_the_label_and_is_kept_in_the_file(string? column, float threshold)
    {
        var view = _ml.Rows(300);
        var model = _ml.BinaryClassification.Trainers.NeuralNetwork(SmallNetwork.Options with { LabelColumnName = "Flag", MaxEpochs = 2 }).Fit(view);
        var changed = _ml.BinaryClassification.ChangeModelThreshold(model, threshold, column);

        foreach (var one in new[] { changed, (NeuralNetworkBinaryTransformer)Last(SaveAndLoad(changed, view)) })
        {
            Assert.AreEqual(threshold, one.Threshold);
            Assert.AreEqual(column ?? "Score", one.ThresholdColumnName);
            var scored = one.Transform(view);
            var labels = scored.GetColumn<bool>("PredictedLabel").ToList();
            CollectionAssert.AreEqual(scored.GetColumn<float>(column ?? "Score").Select(value => value > threshold).ToList(), labels);
            CollectionAssert.AreNotEqual(model.Transform(view).GetColumn<bool>("PredictedLabel").ToList(), labels);
        }

        Assert.AreEqual(0, model.Threshold);
    }

    [TestMethod]
    public void A_threshold_that_makes_no_sense_is_refused()
    {
        var model = (NeuralNetworkBinaryTransformer)Fit(LearningTask.BinaryClassification.Name).Model;

        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.BinaryClassification.ChangeModelThreshold(model, float.NaN));
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.BinaryClassification.ChangeModelThreshold(model, 0.5f, "Label"));
        Assert.Contains("'Label'", error.Message);
    }

    [TestMethod]
    public void A_prediction_engine_allocates_nothing_but_its_result()
    {
        var (model, view) = Fit(LearningTask.BinaryClassification.Name);
        using var engine = _ml.Model.CreatePredictionEngine<FiveFeatures, Decision>(model);
        var (row, decision) = (new FiveFeatures { Features = [1, 2, 3, 4, 5] }, new Decision());
        Predict(100);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Predict(1000);

        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.AreEqual(1 / (1 + Math.Exp(-decision.Score)), decision.Probability, 1e-6);

        void Predict(int times)
        {
            for (var i = 0; i < times; i++)
                engine.Predict(row, ref decision);
        }
    }

    [TestMethod]
    public void Permuted_features_matter_where_they_tell_the_class()
    {
        var rows = Example.Clusters(300).Select(row => new NamedRow { A = row.Features[0], B = row.Features[1], C = row.Features[2], Label = row.Label });
        var view = _ml.Data.LoadFromEnumerable(rows);
        var chain = _ml.Transforms.Concatenate("Features", "A", "B", "C", "Nothing")
            .Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(SmallNetwork.Options)).Fit(view);
        var scored = chain.Transform(view);

        var byNumber = _ml.MulticlassClassification.PermutationFeatureImportance(chain.LastTransformer, scored, permutationCount: 2);
        var byName = _ml.MulticlassClassification.PermutationFeatureImportance(chain, scored, permutationCount: 2);

        for (var feature = 0; feature < 3; feature++)
            Assert.IsLessThan(-0.1, byNumber[feature].MicroAccuracy.Mean);
        Assert.AreEqual(0, byNumber[3].MicroAccuracy.Mean, 1e-9);
        Assert.IsLessThan(-0.1, byName["A"].MicroAccuracy.Mean);
        Assert.AreEqual(0, byName["Nothing"].MicroAccuracy.Mean, 1e-9);
    }

    private (ITransformer Model, IDataView View) Fit(string taskName)
    {
        // Keys with values, and features with names, have most to say in annotations.
        var rows = _ml.Rows(60);
        var view = _ml.Transforms.Conversion.MapValueToKey("Label", "Name").Append(_ml.Transforms.Concatenate("Features", "Features", "Weight"))
            .Fit(rows).Transform(rows);
        return (EveryTask.Trainer(_ml, LearningTasks.Find(taskName)!, SmallNetwork.Options with { MaxEpochs = 3 }).Fit(view), view);
    }

    // What trainers returned before there were transformers of the library's own.
    private ITransformer OfMlNet(ITransformer model, IDataView view)
    {
        var (type, arguments) = model switch
        {
            NeuralNetworkBinaryTransformer binary => (typeof(BinaryPredictionTransformer<NeuralNetworkBinaryModelParameters>), Of(binary.Model, 0f, "Score")),
            NeuralNetworkMulticlassTransformer multiclass =>
                (typeof(MulticlassPredictionTransformer<NeuralNetworkMulticlassModelParameters>), Of(multiclass.Model, "Label", "Score", "PredictedLabel")),
            _ => (typeof(RegressionPredictionTransformer<NeuralNetworkRegressionModelParameters>), Of(((NeuralNetworkRegressionTransformer)model).Model)),
        };
        return (ITransformer)Activator.CreateInstance(type, BindingFlags.Instance | BindingFlags.NonPublic, binder: null, arguments, culture: null)!;

        object[] Of(object parameters, params object[] rest) => [_ml, parameters, view.Schema, "Features", .. rest];
    }

    private ITransformer SaveAndLoad(ITransformer model, IDataView view)
    {
        using var file = new MemoryStream();
        _ml.Model.Save(model, view.Schema, file);
        file.Position = 0;
        return new MLContext().Model.Load(file, out _);
    }

    private static ITransformer Last(ITransformer model) => model is IEnumerable<ITransformer> chain ? chain.Last() : model;

    private static string Describe(DataViewSchema.Column column)
    {
        var annotations = column.Annotations.Schema.Select(annotation => $"{annotation.Name}: {annotation.Type} {Value(column.Annotations, annotation)}");
        return $"{column.Name} {column.Type} {column.IsHidden} {string.Join("; ", annotations.Order())}";
    }

    private static string Value(DataViewSchema.Annotations annotations, DataViewSchema.Column annotation)
    {
        if (annotation.Type is VectorDataViewType { ItemType: TextDataViewType })
        {
            VBuffer<ReadOnlyMemory<char>> names = default;
            annotations.GetValue(annotation.Name, ref names);
            return string.Join(",", names.DenseValues());
        }

        if (annotation.Type is TextDataViewType)
        {
            ReadOnlyMemory<char> text = default;
            annotations.GetValue(annotation.Name, ref text);
            return text.ToString();
        }

        if (annotation.Type is not KeyDataViewType)
            return "";
        uint key = 0;
        annotations.GetValue(annotation.Name, ref key);
        return $"{key}";
    }

    private static void AssertClose(List<float[]> expected, List<float[]> actual)
    {
        Assert.HasCount(expected.Count, actual);
        for (var row = 0; row < expected.Count; row++)
            Closeness.AssertClose(expected[row].AsSpan(), actual[row], 1e-6, $"row {row}");
    }

    private sealed class FiveFeatures
    {
        [VectorType(5)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Decision
    {
        public float Score { get; set; }

        public float Probability { get; set; }
    }

    private sealed class NamedRow
    {
        public float A { get; set; }

        public float B { get; set; }

        public float C { get; set; }

        public float Nothing { get; set; }

        [KeyType(Example.ClassCount)]
        public uint Label { get; set; }
    }
}
