using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Trainers;
using static Microsoft.ML.Regularization.Tests.Inputs.GapNetworks;

namespace Microsoft.ML.Regularization.Tests.Inputs;

/// <summary>Networks for tables on rows with gaps: the same as with gaps filled, flagged and scaled by hand.</summary>
[TestClass]
public sealed class MissingValuesTests
{
    private static IEnumerable<object[]> Networks =>
        from architecture in All
        from scaling in Enum.GetValues<InputScaling>()
        from task in LearningTasks.All
        select new object[] { architecture, scaling, task.ToString() };

    [TestMethod]
    [DynamicData(nameof(Networks))]
    public void They_learn_and_score_what_they_would_of_gaps_filled_and_flagged_by_hand(NetworkArchitecture architecture, InputScaling scaling, string taskName)
    {
        // Categories would be scaled with the numbers, but not where these are scaled by hand.
        if (architecture is RealMlpArchitecture real)
            architecture = real with { ScalesCategories = false };
        var task = LearningTasks.Find(taskName)!;
        var rows = WithGaps(InputExample.Of(Rows));
        var byHand = new HandMadeInput(scaling, rows.ConvertAll(row => row.Features), architecture.UsedEmbedding is not null);
        var options = Options(architecture) with { InputScaling = scaling };
        var model = Fit(task, options, View(rows));
        var expected = Fit(task, options with { InputScaling = InputScaling.None }, HandMade(rows, byHand));

        var weights = model.GetNeuralNetwork().Weights.Where(tensor => !tensor.Name.StartsWith("scaling", StringComparison.Ordinal)).ToList();
        CollectionAssert.AreEqual(expected.GetNeuralNetwork().Weights.Select(tensor => tensor.Name).ToList(), weights.ConvertAll(tensor => tensor.Name));
        foreach (var (ours, theirs) in weights.Zip(expected.GetNeuralNetwork().Weights))
            Closeness.AssertClose(theirs.Values.Span, ours.Values.Span, scaling == InputScaling.None ? 0 : 1e-5, theirs.Name);

        // The first number has no gaps in training: here it is filled, and no indicator tells.
        var later = WithGaps(InputExample.Of(30, seed: 5));
        later[4].Features[0] = float.NaN;
        later[5].Features = [float.NaN, float.NaN, float.NaN, float.NaN];
        var scores = EveryTask.Scores(model, View(later));
        var handMade = EveryTask.Scores(expected, HandMade(later, byHand));
        for (var row = 0; row < later.Count; row++)
            Closeness.AssertClose(handMade[row].AsSpan(), scores[row], EveryTask.HasClasses(task) ? 1e-5 : 1e-4, $"row {row}");
    }

    [TestMethod]
    public void A_row_with_a_gap_scores_alike_alone_in_a_block_and_from_a_file()
    {
        var ml = new MLContext(seed: 1);
        var rows = WithGaps(InputExample.Of(Rows));
        var model = Fit(LearningTask.MulticlassClassification, Options(NetworkArchitecture.Mlp(8)), View(rows));
        var scores = EveryTask.Scores(model, View(rows));
        using var file = new MemoryStream();
        ml.Model.Save(model, View(rows).Schema, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out _);
        using var engine = ml.Model.CreatePredictionEngine<InputExample, Scored>(loaded);
        for (var row = 0; row < Rows; row++)
            CollectionAssert.AreEqual(scores[row], engine.Predict(rows[row]).Score);
        Assert.HasCount(0, model.GetNeuralNetwork().Weights.Where(tensor => tensor.Values.Span.ToArray().Any(float.IsNaN)));
    }

    [TestMethod]
    public void Complete_rows_make_no_indicators_and_an_infinite_number_is_a_missing_one()
    {
        var complete = InputExample.Of(Rows);
        var model = Fit(LearningTask.BinaryClassification, Options(NetworkArchitecture.Mlp(8)), View(complete)).GetNeuralNetwork();
        Assert.AreEqual(4, model.FilledInput.Numbers);

        List<InputExample>[] gaps = [.. new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity }.Select(gap => WithGaps(InputExample.Of(Rows), gap))];
        var weights = gaps.Select(rows => EveryTask.Weights(Fit(LearningTask.BinaryClassification, Options(NetworkArchitecture.Mlp(8)), View(rows)))).ToList();
        SmallNetwork.AssertEqual(weights[0], weights[1]);
        SmallNetwork.AssertEqual(weights[0], weights[2]);
    }

    [TestMethod]
    [DataRow(InputScaling.None)]
    [DataRow(InputScaling.Standardize)]
    [DataRow(InputScaling.RobustSmoothClip)]
    public void A_number_that_all_training_rows_lack_counts_for_nothing_and_is_named(InputScaling scaling)
    {
        var ml = new MLContext(seed: 1);
        var log = new LogRecorder(ml);
        var rows = InputExample.Of(Rows);
        rows.ForEach(row => row.Features[2] = float.NaN);
        var model = EveryTask.Trainer(ml, LearningTask.MulticlassClassification, Options(NetworkArchitecture.Mlp(8)) with { InputScaling = scaling }).Fit(View(rows));
        Assert.IsTrue(log.Warnings.Any(warning => warning.Contains("'Features'") && warning.Contains("missing in all training rows") && warning.Contains("slot 2")));
        Assert.AreEqual(4, model.GetNeuralNetwork().FilledInput.Numbers);

        var scores = EveryTask.Scores(model, View(rows));
        rows.ForEach(row => row.Features[2] = 1e9f);
        SmallNetwork.AssertEqual(scores, EveryTask.Scores(model, View(rows)));
    }

    [TestMethod]
    public void The_log_names_the_numbers_that_have_gaps()
    {
        var ml = new MLContext(seed: 1);
        var log = new LogRecorder(ml);
        EveryTask.Trainer(ml, LearningTask.BinaryClassification, Options(NetworkArchitecture.Mlp(4)) with { MaxEpochs = 1 }).Fit(View(WithGaps(InputExample.Of(Rows))));
        Assert.IsTrue(log.Messages.Any(message => message.Contains("2 numbers are missing in some training rows") && message.Contains("slot 1, slot 3")));
        Assert.IsEmpty(log.Warnings);
    }

    [TestMethod]
    public void Streamed_rows_with_gaps_give_the_model_of_rows_in_memory_bit_for_bit()
    {
        var view = View(WithGaps(InputExample.Of(Rows)));
        foreach (var scaling in Enum.GetValues<InputScaling>())
        {
            var options = Options(NetworkArchitecture.Mlp(8)) with { InputScaling = scaling };
            SmallNetwork.AssertEqual(
                EveryTask.Weights(Fit(LearningTask.BinaryClassification, options with { DataCaching = DataCaching.Memory }, view)),
                EveryTask.Weights(Fit(LearningTask.BinaryClassification, options with { DataCaching = DataCaching.None }, view)));
        }
    }

    [TestMethod]
    public void Training_goes_on_with_what_the_first_training_learned_of_gaps()
    {
        var ml = new MLContext(seed: 1);
        var (gaps, complete) = (View(WithGaps(InputExample.Of(Rows))), View(InputExample.Of(Rows)));
        var trainer = ml.MulticlassClassification.Trainers.NeuralNetwork(Options(NetworkArchitecture.Mlp(8)));
        foreach (var (first, second) in new[] { (gaps, complete), (complete, gaps) })
        {
            var model = trainer.Fit(first).Model;
            var next = trainer.Fit(second, model).Model;
            Assert.AreEqual(model.Network.Outcome.Imputation, next.Network.Outcome.Imputation);
            Assert.IsTrue(double.IsFinite(next.History.Epochs[^1].TrainingLoss));
        }
    }

    [TestMethod]
    public void A_learning_rate_is_found_on_rows_with_gaps()
    {
        var curve = new MLContext(seed: 1).BinaryClassification.Trainers.NeuralNetwork(Options(NetworkArchitecture.Mlp(8)) with { LabelColumnName = "Flag" })
            .FindLearningRate(View(WithGaps(InputExample.Of(Rows))), new LearningRateRange { Steps = 20 });
        Assert.IsTrue(curve.Points.All(point => double.IsFinite(point.Loss)));
    }

    [TestMethod]
    public void Monte_Carlo_prediction_fills_gaps_as_scoring_does()
    {
        var ml = new MLContext(seed: 1);
        var rows = WithGaps(InputExample.Of(Rows));
        var model = Fit(LearningTask.Regression, Options(NetworkArchitecture.Mlp(16)) with { Recipe = RegularizationRecipe.None with { Dropout = 0.3 } }, View(rows));
        var passes = ml.Transforms.MonteCarlo(model.GetNeuralNetwork(), passes: 20);
        rows[7].Features[0] = float.NaN;
        var median = Median(WithGaps(InputExample.Of(Rows)).ConvertAll(row => row.Features[0]));
        var means = Means();
        Assert.IsTrue(means.All(float.IsFinite));
        rows[7].Features[0] = median;
        CollectionAssert.AreEqual(means, Means());

        List<float> Means() => [.. passes.Fit(View(rows)).Transform(View(rows)).GetColumn<float>("ScoreMean")];
    }

    [TestMethod]
    public void Attacks_leave_gaps_and_indicators_alone()
    {
        var rows = WithGaps(InputExample.Of(Rows));
        foreach (var attack in new AdversarialTraining[]
        {
            AdversarialTraining.Fgsm(0.3), new PgdTraining(0.3) { Norm = AdversarialNorm.L2, MinValue = -1, MaxValue = 0.5 }, new PgdTraining(0.3) { Weight = 1 },
        })
        {
            var options = Options(NetworkArchitecture.Mlp(8)) with { Recipe = RegularizationRecipe.None with { AdversarialTraining = attack } };
            var model = Fit(LearningTask.MulticlassClassification, options, View(rows));
            Assert.IsTrue(EveryTask.Scores(model, View(rows)).All(row => row.All(float.IsFinite)), attack.ToString());
        }
    }

    [TestMethod]
    public void A_recipe_may_drop_features_to_missing()
    {
        var rows = InputExample.Of(Rows);
        var recipe = RegularizationRecipe.None with { Augmentations = [new FeatureDropoutOptions { Rate = 0.3, Replacement = FeatureReplacement.Missing }] };
        var model = Fit(LearningTask.MulticlassClassification, Options(NetworkArchitecture.Mlp(8)) with { Recipe = recipe }, View(rows));
        Assert.AreEqual(8, model.GetNeuralNetwork().FilledInput.Numbers);
        Assert.IsTrue(EveryTask.Scores(model, View(rows)).All(row => row.All(float.IsFinite)));
    }

    [TestMethod]
    public void A_number_too_large_to_compute_with_is_an_error_that_says_so_where_nothing_is_scaled()
    {
        var rows = InputExample.Of(Rows);
        var ml = new MLContext(seed: 1);
        var options = Options(NetworkArchitecture.Mlp(8, 8)) with { InputScaling = InputScaling.None };
        var model = Fit(LearningTask.BinaryClassification, options, View(rows));
        rows[3].Features = [3e38f, -3e38f, 3e38f, 3e38f];
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => model.Transform(View(rows)).GetColumn<float>("Score").Count());
        StringAssert.Contains(error.Message, "'Features', row 3");
        StringAssert.Contains(error.Message, "InputScaling");
        using var engine = ml.Model.CreatePredictionEngine<InputExample, ScoredFlag>(model, new PredictionEngineOptions { OwnsTransformer = false });
        Assert.ThrowsExactly<InvalidOperationException>(() => engine.Predict(rows[3]));
        Assert.IsTrue(float.IsFinite(engine.Predict(rows[4]).Score));
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => Fit(LearningTask.BinaryClassification, options, View(rows))).Message, "diverged");

        foreach (var scaling in new[] { InputScaling.Standardize, InputScaling.RobustSmoothClip })
        {
            var scaled = Fit(LearningTask.BinaryClassification, options with { InputScaling = scaling }, View(InputExample.Of(Rows)));
            Assert.IsTrue(EveryTask.Scores(scaled, View(rows)).All(row => float.IsFinite(row[0])));
        }
    }

    /// <summary>The second number is missing at times, the fourth mostly.</summary>
    private static List<InputExample> WithGaps(List<InputExample> rows, float gap = float.NaN)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            if (i % 6 == 5)
                rows[i].Features[1] = gap;
            if (i % 5 < 3)
                rows[i].Features[3] = gap;
        }

        return rows;
    }

    private static NeuralNetworkOptions Options(NetworkArchitecture architecture) =>
        GapNetworks.Options(architecture) with { CategoricalColumnNames = architecture is MlpArchitecture ? [] : ["Category"] };

    private static IDataView HandMade(List<InputExample> rows, HandMadeInput input)
    {
        var made = rows.ConvertAll(row => new MadeExample
        {
            Features = input.Make(row.Features), Category = row.Category, Label = row.Label, Flag = row.Flag, Target = row.Target,
        });
        return new MLContext(seed: 1).Data.LoadFromEnumerable(made);
    }

    private static float Median(List<float> values)
    {
        var sorted = values.Order().ToArray();
        return (float)((sorted[(sorted.Length - 1) / 2] + (double)sorted[sorted.Length / 2]) / 2);
    }

    private sealed class MadeExample
    {
        [VectorType(6)]
        public float[] Features { get; set; } = [];

        [KeyType(InputExample.ClassCount)]
        public uint Category { get; set; }

        [KeyType(InputExample.ClassCount)]
        public uint Label { get; set; }

        public bool Flag { get; set; }

        public float Target { get; set; }
    }

    private sealed class Scored
    {
        public float[] Score { get; set; } = [];
    }

    private sealed class ScoredFlag
    {
        public float Score { get; set; }
    }
}
