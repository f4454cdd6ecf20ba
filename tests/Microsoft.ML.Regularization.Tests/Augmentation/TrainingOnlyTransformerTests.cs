using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Augmentation;

[TestClass]
public sealed class TrainingOnlyTransformerTests
{
    private readonly MLContext _ml = new(seed: 1);

    private static IEnumerable<object[]> AllOptions => TrainingOnlyProtocol.AllOptions.Select(options => new object[] { options });

    [TestMethod]
    [DynamicData(nameof(AllOptions))]
    public void At_scoring_it_is_an_identity(TrainingOnlyOptions options)
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(60));
        var transformer = new TrainingOnlyEstimator(_ml, options).Fit(view);

        var scored = transformer.Transform(view);
        Assert.AreSame(view.Schema, scored.Schema);
        Assert.AreSame(view.Schema, transformer.GetOutputSchema(view.Schema));
        CollectionAssert.AreEqual(view.Read(), scored.Read());
    }

    [TestMethod]
    [DynamicData(nameof(AllOptions))]
    public void It_predicts_row_by_row(TrainingOnlyOptions options)
    {
        var rows = Example.Clusters(20);
        var view = _ml.Data.LoadFromEnumerable(rows);
        using var engine = _ml.Model.CreatePredictionEngine<Example, Example>(new TrainingOnlyEstimator(_ml, options).Fit(view));
        foreach (var row in rows)
        {
            var predicted = engine.Predict(row);
            CollectionAssert.AreEqual(row.Features, predicted.Features);
            // ML.NET reads keys from 0 and writes them from 1.
            Assert.AreEqual(row.Label + 1, predicted.Label);
        }
    }

    [TestMethod]
    [DynamicData(nameof(AllOptions))]
    public void It_loads_in_a_fresh_context(TrainingOnlyOptions options)
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(60));
        var transformer = new TrainingOnlyEstimator(_ml, options).Fit(view);
        using var file = new MemoryStream();
        _ml.Model.Save(transformer, view.Schema, file);
        file.Position = 0;

        var loaded = (TrainingOnlyTransformer)new MLContext(seed: 77).Model.Load(file, out var schema);
        Assert.AreEqual(AsSaved(options), loaded.Options);
        Assert.HasCount(view.Schema.Count, schema);
        CollectionAssert.AreEqual(view.Read(), loaded.Transform(view).Read());
    }

    [TestMethod]
    [DynamicData(nameof(AllOptions))]
    public void A_chain_gives_its_training_rows_to_the_next_estimator(TrainingOnlyOptions options)
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(60));
        var capture = new CapturingEstimator(_ml);
        var model = new TrainingOnlyEstimator(_ml, options).Append(capture).Fit(view);
        AssertSameRows(_ml.Data.Augment(view, options), capture.FittedOn!);
        CollectionAssert.AreEqual(view.Read(), model.Transform(view).Read());
    }

    [TestMethod]
    [DynamicData(nameof(AllOptions))]
    public void A_nested_chain_gives_its_training_rows_to_the_next_estimator(TrainingOnlyOptions options)
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(60));
        var expected = _ml.Data.Augment(view, options);
        var copy = _ml.Transforms.CopyColumns("Other", "Id");
        var inner = copy.Append(new TrainingOnlyEstimator(_ml, options));

        foreach (var nested in new Func<IEstimator<ITransformer>, IEstimator<ITransformer>>[]
        {
            next => copy.Append(inner).Append(next),
            next => copy.Append(copy.Append(inner)).Append(next),
            next => copy.Append(inner.AppendCacheCheckpoint(_ml)).Append(copy).Append(next),
            next => copy.Append(inner.Append(copy)).Append(next),
        })
        {
            var capture = new CapturingEstimator(_ml);
            var model = nested(capture).Fit(view);
            AssertSameRows(expected, capture.FittedOn!);
            CollectionAssert.AreEqual(view.Read(), model.Transform(view).Read());
        }
    }

    [TestMethod]
    public void Cross_validation_scores_rows_as_they_are()
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(90));
        var trainer = _ml.Transforms.HoldOut(0.3).Append(_ml.Transforms.Mixup())
            .Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(maxEpochs: 1));
        foreach (var fold in _ml.MulticlassClassification.CrossValidate(view, trainer, numberOfFolds: 3))
        {
            var original = Example.Clusters(90);
            foreach (var row in fold.ScoredHoldOutSet.Read())
                CollectionAssert.AreEqual(original[row.Source].Features, row.Features);
        }
    }

    // A model has no use for a translator.
    private static TrainingOnlyOptions AsSaved(TrainingOnlyOptions options) =>
        options is BackTranslationOptions translation ? translation with { Translator = null! } : options;

    private static void AssertSameRows(IDataView expected, IDataView actual)
    {
        if (expected.Schema.GetColumnOrNull(HoldOutOptions.MarkColumnName) is not null)
            CollectionAssert.AreEqual(expected.GetColumn<bool>(HoldOutOptions.MarkColumnName).ToList(), actual.GetColumn<bool>(HoldOutOptions.MarkColumnName).ToList());
        CollectionAssert.AreEqual(
            expected.Read().ConvertAll(row => (row.Source, string.Join(' ', row.Features), string.Join(' ', row.Label))),
            actual.Read().ConvertAll(row => (row.Source, string.Join(' ', row.Features), string.Join(' ', row.Label))));
    }
}
