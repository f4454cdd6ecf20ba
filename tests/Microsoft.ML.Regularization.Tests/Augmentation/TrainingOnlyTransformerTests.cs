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
    public void A_chain_inside_a_chain_is_refused_and_told_how_to_write(TrainingOnlyOptions options)
    {
        // What ML.NET asks of the fitted inner chain is what an evaluation on the training rows asks: nobody can tell one from the other.
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(60));
        var copy = _ml.Transforms.CopyColumns("Other", "Id");
        var inner = copy.Append(new TrainingOnlyEstimator(_ml, options));
        foreach (var nested in new Func<IEstimator<ITransformer>, IEstimator<ITransformer>>[]
        {
            next => copy.Append(inner).Append(next),
            next => new EstimatorChain<ITransformer>().Append(inner).Append(next),
            next => copy.Append(copy.Append(inner)).Append(next),
            next => copy.Append(inner.AppendCacheCheckpoint(_ml)).Append(copy).Append(next),
            next => copy.Append(inner.Append(copy)).Append(next),
            next => copy.Append(new Wrapped(inner)).Append(next),
        })
        {
            var capture = new CapturingEstimator(_ml);
            var error = Assert.Throws<InvalidOperationException>(() => nested(capture).Fit(view));
            Assert.Contains(options.Name, error.Message);
            Assert.Contains("flat chain", error.Message);
            Assert.Contains("ml.Data.Augment", error.Message);
            Assert.IsNull(capture.FittedOn);
        }
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_chain_that_ends_with_it_goes_on_whatever_its_variable_says(bool isAugmented)
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(60));
        var copy = _ml.Transforms.CopyColumns("Other", "Id").AppendCacheCheckpoint(_ml);
        IEstimator<ITransformer> prepared = isAugmented ? copy.Append(_ml.Transforms.GaussianNoise(seed: 3)) : copy;
        var capture = new CapturingEstimator(_ml);
        var model = prepared.Append(capture).Fit(view);
        AssertSameRows(isAugmented ? _ml.Data.Augment(_ml.Data.Cache(view), new GaussianNoiseOptions { Seed = 3 }) : view, capture.FittedOn!);
        CollectionAssert.AreEqual(view.Read(), model.Transform(view).Read());
    }

    [TestMethod]
    public void A_chain_inside_a_chain_whose_transforms_learned_from_its_rows_is_warned_of()
    {
        // A learned scale has read the augmented rows. The trainer behind the inner chain gets rows as they are.
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(60));
        IEstimator<ITransformer> prepared = _ml.Transforms.GaussianNoise(scale: 1, seed: 3).Append(_ml.Transforms.NormalizeMeanVariance("Scaled", "Features"));
        var log = new LogRecorder(_ml);
        var capture = new CapturingEstimator(_ml);
        prepared.Append(capture).Fit(view);
        Assert.Contains("flat chain", log.Warnings.Single());
        CollectionAssert.AreEqual(view.Read(), capture.FittedOn!.Read());

        // The flat chain is quiet, and stays so when its training rows are scored.
        var flat = new LogRecorder(_ml);
        var model = _ml.Transforms.GaussianNoise(scale: 1, seed: 3).Append(_ml.Transforms.NormalizeMeanVariance("Scaled", "Features")).Append(capture).Fit(view);
        CollectionAssert.AreNotEqual(view.Read(), capture.FittedOn!.Read());
        CollectionAssert.AreEqual(view.Read(), model.Transform(view).Read());
        Assert.IsEmpty(flat.Warnings);
    }

    [TestMethod]
    public void Rows_that_a_chain_was_not_fitted_on_pass_through_it_whoever_has_read_what()
    {
        // Rows are prepared, and trained on elsewhere: the chain has no trainer.
        var split = _ml.Data.TrainTestSplit(_ml.Data.LoadFromEnumerable(Example.Clusters(90)), 0.3, seed: 1);
        var prepared = _ml.Transforms.CopyColumns("Other", "Id").Append(_ml.Transforms.Mixup()).Fit(split.TrainSet);
        CollectionAssert.AreEqual(split.TestSet.Read(), prepared.Transform(split.TestSet).Read());
        Assert.Throws<InvalidOperationException>(() => prepared.Transform(split.TrainSet));
        Assert.Throws<InvalidOperationException>(() => prepared.Transform(split.TrainSet), "the same answer whenever it is asked for");
    }

    [TestMethod]
    [DynamicData(nameof(AllOptions))]
    public void A_model_that_was_fitted_earlier_is_in_a_new_chain_what_it_is_loaded(TrainingOnlyOptions options)
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(60));
        var capture = new CapturingEstimator(_ml);
        var model = new TrainingOnlyEstimator(_ml, options).Append(capture).Fit(view);
        Assert.IsNotEmpty(capture.FittedOn!.Read());
        using var file = new MemoryStream();
        _ml.Model.Save(model, view.Schema, file);
        file.Position = 0;
        var loaded = _ml.Model.Load(file, out _);

        var others = _ml.Data.LoadFromEnumerable(Example.Clusters(60, seed: 2));
        foreach (var rows in new[] { view, others })
        {
            foreach (var earlier in new[] { model, loaded, model.First(), ((TransformerChain<ITransformer>)loaded).First() })
            {
                new Earlier(earlier).Append(capture).Fit(rows);
                Assert.AreEqual(rows.Schema.Count, capture.FittedOn!.Schema.Count(column => column.Name != "Copy"));
                CollectionAssert.AreEqual(rows.Read(), capture.FittedOn!.Read());
            }
        }
    }

    [TestMethod]
    public void A_transformer_of_ones_own_around_a_chain_gets_the_same_answer_every_time()
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(6));
        var pipeline = new Wrapped(_ml.Transforms.CopyColumns("Other", "Id").Append(_ml.Transforms.Mixup())).Append(new CapturingEstimator(_ml));
        for (var fit = 0; fit < 300; fit++)
            Assert.Throws<InvalidOperationException>(() => pipeline.Fit(view));
    }

    [TestMethod]
    public void A_fitted_chain_keeps_no_training_rows_alive()
    {
        var (model, rows) = Fit();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.IsFalse(rows.TryGetTarget(out _));
        GC.KeepAlive(model);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        (ITransformer, WeakReference<IDataView>) Fit()
        {
            var view = _ml.Data.LoadFromEnumerable(Example.Clusters(60));
            return (_ml.Transforms.CopyColumns("Other", "Id").Append(_ml.Transforms.Mixup()).Fit(view), new WeakReference<IDataView>(view));
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

    /// <summary>A user's own estimator, whose transformer hands rows on to a chain.</summary>
    private sealed class Wrapped(IEstimator<ITransformer> inner) : IEstimator<ITransformer>
    {
        public ITransformer Fit(IDataView input) => new Wrapper(inner.Fit(input));

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inner.GetOutputSchema(inputSchema);
    }

    private sealed class Wrapper(ITransformer inner) : ITransformer
    {
        public bool IsRowToRowMapper => inner.IsRowToRowMapper;

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => inner.GetOutputSchema(inputSchema);

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => inner.GetRowToRowMapper(inputSchema);

        public IDataView Transform(IDataView input) => inner.Transform(input);

        public void Save(ModelSaveContext ctx) => throw new NotSupportedException();
    }

    /// <summary>Brings a model into a chain.</summary>
    private sealed class Earlier(ITransformer model) : IEstimator<ITransformer>
    {
        public ITransformer Fit(IDataView input) => model;

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;
    }

    private static void AssertSameRows(IDataView expected, IDataView actual)
    {
        if (expected.Schema.GetColumnOrNull(HeldOutMark.ColumnName) is not null)
            CollectionAssert.AreEqual(expected.GetColumn<bool>(HeldOutMark.ColumnName).ToList(), actual.GetColumn<bool>(HeldOutMark.ColumnName).ToList());
        CollectionAssert.AreEqual(
            expected.Read().ConvertAll(row => (row.Source, string.Join(' ', row.Features), string.Join(' ', row.Label))),
            actual.Read().ConvertAll(row => (row.Source, string.Join(' ', row.Features), string.Join(' ', row.Label))));
    }
}
