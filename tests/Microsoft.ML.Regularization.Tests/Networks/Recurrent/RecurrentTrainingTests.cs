using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Trainers;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Regularization.Tests.Networks.Recurrent;

/// <summary>Recurrent networks through the pipeline, on tasks that only the order of steps decides.</summary>
[TestClass]
public sealed class RecurrentTrainingTests
{
    public static IEnumerable<object[]> Kinds => [[NetworkArchitecture.Lstm(16)], [NetworkArchitecture.Gru(16)]];

    private static readonly NeuralNetworkOptions Options = new()
    {
        Recipe = RegularizationRecipe.None,
        MaxEpochs = 12,
        BatchSize = 32,
        LearningRate = 0.01,
    };

    [TestMethod]
    [DoNotParallelize]
    [DynamicData(nameof(Kinds))]
    public void They_learn_which_of_two_bumps_came_first_and_survive_a_file(RecurrentArchitecture architecture)
    {
        var ml = new MLContext(seed: 1);
        var view = ml.Data.LoadFromEnumerable(Bumps.Rows(400, seed: 1));
        var trainer = ml.BinaryClassification.Trainers.NeuralNetwork(Options with { Architecture = architecture });
        _ = trainer.Fit(view);

        ITransformer model = null!;
        Assert.AreEqual(0, LiveTensors.LeftBy(() => model = trainer.Fit(view)));

        var unseen = Bumps.Rows(200, seed: 2);
        var scored = model.Transform(ml.Data.LoadFromEnumerable(unseen));
        Assert.IsGreaterThan(0.95, ml.BinaryClassification.Evaluate(scored, "Label").Accuracy);
        AssertSurvives(model, view.Schema, unseen, [.. scored.GetColumn<float>("Score")]);
    }

    /// <summary>"good" counts after "really" and is turned around after "hardly": a bag of words cannot tell.</summary>
    [TestMethod]
    [DoNotParallelize]
    [DynamicData(nameof(Kinds))]
    public void They_learn_texts_and_survive_a_file(RecurrentArchitecture architecture)
    {
        var ml = new MLContext(seed: 1);
        var view = ml.Data.LoadFromEnumerable(Review.Rows(400, seed: 1));
        var pipeline = Tokens(ml).Append(ml.BinaryClassification.Trainers.NeuralNetwork(
            Options with { Architecture = architecture with { EmbeddingSize = 8, MaxLength = 12, Bidirectional = true } }));
        _ = pipeline.Fit(view);

        ITransformer model = null!;
        Assert.AreEqual(0, LiveTensors.LeftBy(() => model = pipeline.Fit(view)));

        var unseen = Review.Rows(200, seed: 2);
        var scored = model.Transform(ml.Data.LoadFromEnumerable(unseen));
        Assert.IsGreaterThan(0.95, ml.BinaryClassification.Evaluate(scored, "Label").Accuracy);

        unseen.AddRange([new Review(), new Review { Text = "words that nobody knows" }, new Review { Text = "really" }]);
        var scores = model.Transform(ml.Data.LoadFromEnumerable(unseen)).GetColumn<float>("Score").ToArray();
        Assert.IsTrue(Array.TrueForAll(scores, float.IsFinite));
        AssertSurvives(model, view.Schema, unseen, scores);
    }

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Numbers_without_dimensions_are_a_sequence_of_single_numbers(RecurrentArchitecture architecture)
    {
        var ml = new MLContext(seed: 1);
        var model = ml.Regression.Trainers.NeuralNetwork(Options with { Architecture = architecture, LabelColumnName = "Target", MaxEpochs = 2 })
            .Fit(ml.Data.LoadFromEnumerable(Example.Clusters(60)));

        Assert.AreEqual(new InputLayout { Numbers = 4, Steps = 4 }, model.GetNeuralNetwork().Input);
    }

    [TestMethod]
    public void Three_dimensions_are_no_sequence()
    {
        var ml = new MLContext(seed: 1);
        var exception = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => ml.BinaryClassification.Trainers.NeuralNetwork(Options with { Architecture = NetworkArchitecture.Lstm(4), FeatureColumnName = "Cube" })
                .Fit(ml.Data.LoadFromEnumerable(Bumps.Rows(10, seed: 1))));
        Assert.Contains("Vector<Single, steps, numbers of a step>", exception.Message);
    }

    [TestMethod]
    public void Adversarial_training_moves_numbers_and_is_refused_for_texts()
    {
        var ml = new MLContext(seed: 1);
        var options = Options with
        {
            Architecture = NetworkArchitecture.Lstm(8),
            Recipe = new() { AdversarialTraining = AdversarialTraining.Fgsm(0.05) },
            MaxEpochs = 2,
        };
        var trainer = ml.BinaryClassification.Trainers.NeuralNetwork(options);
        var history = trainer.Fit(ml.Data.LoadFromEnumerable(Bumps.Rows(100, seed: 1))).GetNeuralNetwork().History;
        Assert.IsLessThan(history.Epochs[0].TrainingLoss, history.Epochs[^1].TrainingLoss);

        var exception = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => Tokens(ml).Append(trainer).Fit(ml.Data.LoadFromEnumerable(Review.Rows(20, seed: 1))));
        Assert.AreEqual("AdversarialTraining", exception.ParamName);
    }

    public static IEnumerable<object[]> Recipes =>
        from architecture in new RecurrentArchitecture[] { NetworkArchitecture.Lstm(16, 2), NetworkArchitecture.Gru(16, 2) }
        from recipe in new RegularizationRecipe[]
        {
            RegularizationRecipe.RnnLstm,
            new() { Dropout = new GaussianDropout(0.2), GradientClipping = GradientClipping.ByNorm(1) },
            new() { Dropout = new DropConnect(0.3) },
            new() { ManifoldMixup = new ManifoldMixup() },
            new() { SharpnessAware = new SharpnessAwareMinimization() },
        }
        select new object[] { architecture, recipe };

    [TestMethod]
    [DynamicData(nameof(Recipes))]
    public void Recipes_train_as_they_are_written(RecurrentArchitecture architecture, RegularizationRecipe recipe)
    {
        var ml = new MLContext(seed: 1);
        var options = Options with { Architecture = architecture with { EmbeddingSize = 8, Bidirectional = true }, Recipe = recipe };
        var trainer = ml.BinaryClassification.Trainers.NeuralNetwork(options with { MaxEpochs = 6 });

        var ofNumbers = trainer.Fit(ml.Data.LoadFromEnumerable(Bumps.Rows(200, seed: 1))).GetNeuralNetwork().History;
        var ofTexts = trainer.Fit(Tokens(ml).Fit(Texts()).Transform(Texts())).GetNeuralNetwork().History;

        foreach (var history in new[] { ofNumbers, ofTexts })
            Assert.IsLessThan(0.95 * history.Epochs[0].TrainingLoss, history.Epochs[^1].TrainingLoss);

        IDataView Texts() => ml.Data.LoadFromEnumerable(Review.Rows(200, seed: 1));
    }

    [TestMethod]
    public void Equal_seeds_give_equal_models()
    {
        var models = Enumerable.Range(0, 2).Select(_ =>
        {
            var ml = new MLContext(seed: 5);
            var options = Options with { Architecture = NetworkArchitecture.Lstm(8, 2), Recipe = RegularizationRecipe.RnnLstm, MaxEpochs = 2 };
            return EveryTask.Weights(ml.BinaryClassification.Trainers.NeuralNetwork(options).Fit(ml.Data.LoadFromEnumerable(Bumps.Rows(100, seed: 1))));
        }).ToList();

        SmallNetwork.AssertEqual(models[0], models[1]);
    }

    private static EstimatorChain<ValueToKeyMappingTransformer> Tokens(MLContext ml) => ml.Transforms.Text
        .TokenizeIntoWords("Features", nameof(Review.Text), [' '])
        .Append(ml.Transforms.Conversion.MapValueToKey("Features"));

    private static void AssertSurvives<TRow>(ITransformer model, DataViewSchema schema, List<TRow> rows, float[] scores)
        where TRow : class
    {
        using var file = new MemoryStream();
        new MLContext().Model.Save(model, schema, file);
        file.Position = 0;
        var fresh = new MLContext();
        var loaded = fresh.Model.Load(file, out _);

        Assert.AreEqual(model.GetNeuralNetwork().Architecture, loaded.GetNeuralNetwork().Architecture);
        CollectionAssert.AreEqual(scores, loaded.Transform(fresh.Data.LoadFromEnumerable(rows)).GetColumn<float>("Score").ToArray());
        using var engine = fresh.Model.CreatePredictionEngine<TRow, Prediction>(loaded);
        Closeness.AssertClose(scores, [.. rows.Select(row => engine.Predict(row).Score)], 1e-5, "rows one by one");
    }

    private sealed class Prediction
    {
        public float Score { get; set; }
    }

    /// <summary>Twelve steps of two noisy numbers, each with a bump somewhere; the label tells whether that of the first number comes first.</summary>
    private sealed class Bumps
    {
        [VectorType(12, 2)]
        public float[] Features { get; set; } = [];

        [VectorType(2, 3, 4)]
        public float[] Cube { get; set; } = [];

        public bool Label { get; set; }

        public static List<Bumps> Rows(int count, int seed)
        {
            var random = new Random(seed);
            return [.. Enumerable.Range(0, count).Select(_ =>
            {
                var places = new[] { random.Next(12), random.Next(12) };
                if (places[0] == places[1])
                    places[1] = (places[1] + 1) % 12;
                var features = new float[24];
                for (var i = 0; i < 24; i++)
                    features[i] = (float)(0.2 * random.NextDouble() + (places[i % 2] == i / 2 ? 2 : 0));
                return new Bumps { Features = features, Cube = features, Label = places[0] < places[1] };
            })];
        }
    }

    private sealed class Review
    {
        private static readonly string[] Fillers = ["the", "film", "was", "and", "so", "it"];

        public string Text { get; set; } = "";

        public bool Label { get; set; }

        public static List<Review> Rows(int count, int seed)
        {
            var random = new Random(seed);
            return [.. Enumerable.Range(0, count).Select(_ =>
            {
                var (isGood, isTurned) = (random.Next(2) == 0, random.Next(2) == 0);
                var words = Some().Append(isTurned ? "hardly" : "really").Append(isGood ? "good" : "bad").Concat(Some());
                return new Review { Text = string.Join(' ', words), Label = isGood != isTurned };
            })];

            IEnumerable<string> Some() => Enumerable.Range(0, random.Next(4)).Select(_ => Fillers[random.Next(Fillers.Length)]).ToList();
        }
    }
}
