using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Networks.Transformers;

/// <summary>Texts from raw words to predictions: does "alpha" come before "beta"? Only the order of words tells.</summary>
[TestClass]
public sealed class TextTransformerTests
{
    private static readonly string[] OtherWords = ["the", "cat", "runs", "home", "slowly", "and", "blue", "sky"];

    [TestMethod]
    [DoNotParallelize]
    public void It_learns_the_order_of_words_survives_a_file_and_reads_unseen_words()
    {
        var ml = new MLContext(seed: 1);
        var train = ml.Data.LoadFromEnumerable(Sentences(400, seed: 1));
        var test = ml.Data.LoadFromEnumerable(Sentences(200, seed: 2));
        ITransformer model = null!;
        _ = Pipeline(ml, epochs: 1).Fit(train);

        Assert.AreEqual(0, LiveTensors.LeftBy(() => model = Pipeline(ml, epochs: 14).Fit(train)));

        Assert.IsGreaterThan(0.95, ml.BinaryClassification.Evaluate(model.Transform(test)).Accuracy);
        var history = model.GetNeuralNetwork().History;
        Assert.IsLessThan(0.5 * history.Epochs[0].TrainingLoss, history.Epochs[^1].TrainingLoss);

        using var file = new MemoryStream();
        ml.Model.Save(model, train.Schema, file);
        file.Position = 0;
        var fresh = new MLContext();
        var loaded = fresh.Model.Load(file, out _);
        var scores = model.Transform(test).GetColumn<float>("Score").ToArray();
        CollectionAssert.AreEqual(scores, loaded.Transform(test).GetColumn<float>("Score").ToArray());
        Assert.AreEqual(model.GetNeuralNetwork().Architecture, loaded.GetNeuralNetwork().Architecture);

        using var engine = fresh.Model.CreatePredictionEngine<Sentence, Prediction>(loaded);
        Assert.IsTrue(engine.Predict(new Sentence { Text = "the alpha runs slowly beta" }).PredictedLabel);
        Assert.IsFalse(engine.Predict(new Sentence { Text = "the beta runs slowly alpha" }).PredictedLabel);
        var sentences = Sentences(20, seed: 2);
        for (var row = 0; row < sentences.Count; row++)
            Assert.AreEqual(scores[row], engine.Predict(sentences[row]).Score, 1e-4, $"row {row}");

        // Words that training never saw are all the same one, and a text without any is that one alone.
        Assert.AreEqual(engine.Predict(new Sentence { Text = "quick fox" }).Score, engine.Predict(new Sentence { Text = "lazy dog" }).Score);
        Assert.AreEqual(engine.Predict(new Sentence { Text = "fox" }).Score, engine.Predict(new Sentence { Text = "" }).Score, 1e-6);
        Assert.IsTrue(float.IsFinite(engine.Predict(new Sentence { Text = "" }).Score));
    }

    [TestMethod]
    public void Long_texts_are_cut_and_empty_ones_skipped_and_the_log_tells()
    {
        var ml = new MLContext(seed: 1);
        var log = new LogRecorder(ml);
        var sentences = Sentences(40, seed: 1);
        sentences[3].Text = "";
        sentences[5].Text = "";
        sentences[7].Text = string.Join(' ', Enumerable.Repeat("cat", 20));

        var model = Pipeline(ml, epochs: 1).Fit(ml.Data.LoadFromEnumerable(sentences));

        Assert.IsTrue(log.Warnings.Any(warning => warning.Contains("Skipped 2 training rows", StringComparison.Ordinal)
            && warning.Contains("have no tokens", StringComparison.Ordinal)), string.Join('\n', log.Warnings));
        Assert.IsTrue(log.Warnings.Any(warning => warning.Contains("Cut 1 training rows", StringComparison.Ordinal)
            && warning.Contains("first 12 tokens", StringComparison.Ordinal)), string.Join('\n', log.Warnings));
        Assert.AreEqual(38, model.GetNeuralNetwork().History.TrainingRows);
        Assert.AreEqual(2, model.GetNeuralNetwork().History.SkippedRows);
    }

    [TestMethod]
    public void The_recipe_for_texts_trains_with_every_way_of_mixing_words()
    {
        var recipe = RegularizationRecipe.TransformerNlp with { ManifoldMixup = new ManifoldMixup { Layers = [0, 1, 2] } };
        var ml = new MLContext(seed: 1);

        var model = Pipeline(ml, epochs: 2, recipe).Fit(ml.Data.LoadFromEnumerable(Sentences(64, seed: 1)));

        Assert.IsTrue(model.GetNeuralNetwork().History.Epochs.All(epoch => double.IsFinite(epoch.TrainingLoss)));
    }

    [TestMethod]
    public void Numbers_are_refused()
    {
        var ml = new MLContext(seed: 1);
        var trainer = ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions { Architecture = NetworkArchitecture.TextTransformer() });

        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => trainer.Fit(ml.Rows(30)));

        StringAssert.Contains(error.Message, "Vector<Key<UInt32>>");
    }

    private static IEstimator<ITransformer> Pipeline(MLContext ml, int epochs, RegularizationRecipe? recipe = null) =>
        ml.Transforms.Text.TokenizeIntoWords("Tokens", nameof(Sentence.Text))
            .Append(ml.Transforms.Conversion.MapValueToKey("Tokens"))
            .Append(ml.BinaryClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
            {
                FeatureColumnName = "Tokens",
                Architecture = NetworkArchitecture.TextTransformer(32, 1, 4, 12),
                Recipe = recipe ?? RegularizationRecipe.None,
                MaxEpochs = epochs,
                BatchSize = 32,
                LearningRate = 0.003,
            }));

    private static List<Sentence> Sentences(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var words = Enumerable.Range(0, 4 + random.Next(6)).Select(_ => OtherWords[random.Next(OtherWords.Length)]).ToArray();
            var alpha = random.Next(words.Length);
            var beta = (alpha + 1 + random.Next(words.Length - 1)) % words.Length;
            (words[alpha], words[beta]) = ("alpha", "beta");
            return new Sentence { Text = string.Join(' ', words), Label = alpha < beta };
        })];
    }

    private sealed class Sentence
    {
        public string Text { get; set; } = "";

        public bool Label { get; set; }
    }

    private sealed class Prediction
    {
        public bool PredictedLabel { get; set; }

        public float Score { get; set; }
    }
}
