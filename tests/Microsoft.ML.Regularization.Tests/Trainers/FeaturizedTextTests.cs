using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Networks;

namespace Microsoft.ML.Regularization.Tests.Trainers;

/// <summary>The pipeline that tools make for texts: <c>FeaturizeText</c> and a trainer, on thousands of slots that are mostly 0.</summary>
[TestClass]
public sealed class FeaturizedTextTests
{
    private const int Texts = 400;

    [TestMethod]
    [DoNotParallelize]
    public void It_learns_survives_a_file_and_scores_a_text_as_a_view_does()
    {
        var ml = new MLContext(seed: 1);
        var log = new LogRecorder(ml);
        var (train, test) = (View(ml, seed: 1), View(ml, seed: 2));
        ITransformer model = null!;
        Assert.AreEqual(0, LiveTensors.LeftBy(() => model = Pipeline(ml, Options).Fit(train)));

        var input = model.GetNeuralNetwork().Input;
        Assert.IsTrue(input.IsSparse);
        Assert.IsGreaterThan(2000, input.Numbers);
        Assert.IsTrue(log.Messages.Any(message => message.Contains("The sparse rows are kept in memory", StringComparison.Ordinal)), string.Join("\n", log.Messages));
        Assert.IsGreaterThan(0.85, ml.BinaryClassification.Evaluate(model.Transform(test), nameof(Review.IsGood)).Accuracy);

        using var file = new MemoryStream();
        ml.Model.Save(model, train.Schema, file);
        file.Position = 0;
        var fresh = new MLContext();
        var loaded = fresh.Model.Load(file, out _);
        var scores = model.Transform(test).GetColumn<float>("Score").ToArray();
        CollectionAssert.AreEqual(scores, loaded.Transform(test).GetColumn<float>("Score").ToArray());
        using var engine = fresh.Model.CreatePredictionEngine<Review, Prediction>(loaded);
        var texts = Reviews(seed: 2);
        for (var row = 0; row < 50; row++)
            Assert.AreEqual(scores[row], engine.Predict(texts[row]).Score, $"row {row}");
        Assert.IsTrue(float.IsFinite(engine.Predict(new Review { Text = "" }).Score));
    }

    [TestMethod]
    public void What_needs_dense_rows_gets_them_a_batch_at_a_time_and_the_log_tells_why()
    {
        foreach (var recipe in new[]
        {
            RegularizationRecipe.None with { Dropout = new DropConnect(0.2) },
            RegularizationRecipe.None with { Dropout = new VariationalDropout() },
            RegularizationRecipe.None with { AdversarialTraining = AdversarialTraining.Fgsm(0.01) },
            RegularizationRecipe.None with { ManifoldMixup = new ManifoldMixup() },
        })
        {
            var ml = new MLContext(seed: 1);
            var log = new LogRecorder(ml);
            var options = Options with { Recipe = recipe, MaxEpochs = 2, Architecture = NetworkArchitecture.Mlp(8) };

            var model = Pipeline(ml, options).Fit(View(ml, seed: 1));

            Assert.IsFalse(model.GetNeuralNetwork().Input.IsSparse);
            Assert.IsTrue(log.Messages.Any(message => message.Contains("rows are made dense, a batch at a time", StringComparison.Ordinal)), string.Join("\n", log.Messages));
            Assert.IsTrue(model.Transform(View(ml, seed: 2)).GetColumn<float>("Score").All(float.IsFinite));
        }
    }

    [TestMethod]
    public void Whatever_a_step_does_to_all_weights_it_does_to_those_of_sparse_rows()
    {
        var recipes = new[]
        {
            RegularizationRecipe.None with { L1 = 1e-4 },
            RegularizationRecipe.None with { L2 = 1e-3 },
            RegularizationRecipe.None with { MaxNorm = 0.6 },
            RegularizationRecipe.None with { GradientClipping = GradientClipping.Adaptive(0.02) },
            RegularizationRecipe.None with { SharpnessAware = new SharpnessAwareMinimization() },
            RegularizationRecipe.None with { WeightAveraging = WeightAveraging.Exponential(0.9) },
            RegularizationRecipe.None with { WeightAveraging = WeightAveraging.Stochastic(0.5) },
        };
        foreach (var recipe in recipes)
        {
            var ml = new MLContext(seed: 1);
            var view = View(ml, seed: 1);
            var options = Options with { Recipe = recipe, MaxEpochs = 3, Architecture = NetworkArchitecture.Mlp(8) };

            var sparse = Pipeline(ml, options).Fit(view);
            var dense = Pipeline(ml, options with { MultipliesSparseRows = false }).Fit(view);

            Assert.IsTrue(sparse.GetNeuralNetwork().Input.IsSparse);
            var (expected, actual) = (EveryTask.Weights(dense), EveryTask.Weights(sparse));
            for (var i = 0; i < expected.Count; i++)
                Closeness.AssertClose(expected[i], actual[i], 1e-3, $"{recipe}, tensor {i}");
        }
    }

    [TestMethod]
    public void Mixed_rows_and_monte_carlo_passes_stay_sparse()
    {
        var ml = new MLContext(seed: 1);
        var recipe = RegularizationRecipe.None with { Dropout = 0.3, Augmentations = [new MixupOptions { LabelColumnName = nameof(Review.IsGood) }] };
        var view = View(ml, seed: 1);

        var model = Pipeline(ml, Options with { Recipe = recipe, MaxEpochs = 4 }).Fit(view);

        Assert.IsTrue(model.GetNeuralNetwork().Input.IsSparse);
        Assert.IsGreaterThan(0.8, ml.BinaryClassification.Evaluate(model.Transform(View(ml, seed: 2)), nameof(Review.IsGood)).Accuracy);
    }

    private static NeuralNetworkOptions Options { get; } = new()
    {
        LabelColumnName = nameof(Review.IsGood), MaxEpochs = 6, BatchSize = 32, Architecture = NetworkArchitecture.Mlp(32), Recipe = RegularizationRecipe.None with { WeightDecay = 0.05 },
    };

    private static IEstimator<ITransformer> Pipeline(MLContext ml, NeuralNetworkOptions options) =>
        ml.Transforms.Text.FeaturizeText("Features", nameof(Review.Text)).Append(ml.BinaryClassification.Trainers.NeuralNetwork(options));

    private static IDataView View(MLContext ml, int seed) => ml.Data.LoadFromEnumerable(Reviews(seed));

    private static List<Review> Reviews(int seed)
    {
        string[] good = ["splendid", "lovely", "charming", "brilliant"];
        string[] bad = ["tedious", "clumsy", "dreadful", "hollow"];
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Texts).Select(id =>
        {
            var isGood = id % 2 == 0;
            var words = Enumerable.Range(0, 6).Select(_ => $"w{random.Next(300)}").Append((isGood ? good : bad)[random.Next(4)]);
            return new Review { Text = string.Join(' ', words.OrderBy(_ => random.Next())), IsGood = isGood };
        })];
    }

    private sealed class Review
    {
        public string Text { get; set; } = "";

        public bool IsGood { get; set; }
    }

    private sealed class Prediction
    {
        public float Score { get; set; }
    }
}
