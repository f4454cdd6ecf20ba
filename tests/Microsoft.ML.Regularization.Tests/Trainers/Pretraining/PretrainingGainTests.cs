using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Trainers.Pretraining;

/// <summary>Problems in which rows without labels tell what a handful of labels cannot: what stands where in all rows depends on something that the label depends on.</summary>
[TestClass]
public sealed class PretrainingGainTests
{
    private const int Groups = 8;
    private const int Numbers = 24;
    private static readonly int[] Seeds = [1, 2, 3];

    /// <summary>Rows of eight groups, each with a pattern of its own in two dozen noisy numbers; two labelled rows of each do not show it, and all rows do.</summary>
    [TestMethod]
    public void Groups_in_a_table_are_found_without_labels()
    {
        var (anew, started, read) = (new List<double>(), new List<double>(), new List<double>());
        foreach (var seed in Seeds)
        {
            var ml = new MLContext(seed);
            var patterns = new Random(seed);
            float[][] centers = [.. Enumerable.Range(0, Groups).Select(_ => Enumerable.Range(0, Numbers).Select(_ => patterns.Next(2) * 2 - 1f).ToArray())];
            var (rows, few, test) = (Rows(2000, 10 + seed), Rows(2 * Groups, 20 + seed), Rows(1000, 30 + seed));
            var options = new NeuralNetworkOptions
            {
                Architecture = NetworkArchitecture.Mlp(64, 64), Recipe = RegularizationRecipe.None with { WeightDecay = 0.05 }, MaxEpochs = 60, BatchSize = 16,
            };
            var weights = ml.BinaryClassification.Trainers.NeuralNetwork(options).Pretrain(rows, new PretrainingOptions { MaxEpochs = 30, BatchSize = 100, LearningRate = 0.003 });
            anew.Add(Accuracy(options));
            started.Add(Accuracy(options with { Pretrained = weights }));
            read.Add(Accuracy(options with { Pretrained = weights, FineTuning = FineTuning.HeadAlone, LearningRate = 0.01 }));

            double Accuracy(NeuralNetworkOptions own) => ml.BinaryClassification.EvaluateNonCalibrated(ml.BinaryClassification.Trainers.NeuralNetwork(own).Fit(few).Transform(test)).Accuracy;

            IDataView Rows(int count, int draw)
            {
                var random = new Random(draw);
                return ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(place => new Row
                {
                    Features = [.. centers[place % Groups].Select(value => value + Gaussian(random))], Label = place % Groups % 2 == 0,
                }).ToList());
            }
        }

        var all = $"{string.Join(", ", anew)} anew, {string.Join(", ", started)} started, {string.Join(", ", read)} by the head alone";
        for (var run = 0; run < Seeds.Length; run++)
            Assert.IsGreaterThan(anew[run], started[run], all);
        Assert.IsGreaterThan(anew.Average() + 0.05, started.Average(), all);
        Assert.IsGreaterThan(anew.Average() + 0.07, read.Average(), all);
    }

    /// <summary>Texts of two subjects, each with a hundred words of its own that come together; labels show few of them, and all texts show which belong together.</summary>
    [TestMethod]
    public void Words_that_come_together_are_found_without_labels()
    {
        var (anew, started) = (new List<double>(), new List<double>());
        foreach (var seed in Seeds)
        {
            var ml = new MLContext(seed);
            var (rows, few, test) = (Texts(1500, 10 + seed), Texts(4, 20 + seed), Texts(400, 30 + seed));
            var options = new NeuralNetworkOptions
            {
                Architecture = NetworkArchitecture.TextTransformer(width: 16, depth: 1, heads: 2, maxLength: 8), FeatureColumnName = "Tokens", Recipe = RegularizationRecipe.None,
                MaxEpochs = 40, BatchSize = 8,
            };
            var weights = ml.BinaryClassification.Trainers.NeuralNetwork(options).Pretrain(rows, new PretrainingOptions { MaxEpochs = 30, LearningRate = 0.005 });
            anew.Add(Accuracy(options));
            started.Add(Accuracy(options with { Pretrained = weights }));

            double Accuracy(NeuralNetworkOptions own) => ml.BinaryClassification.EvaluateNonCalibrated(ml.BinaryClassification.Trainers.NeuralNetwork(own).Fit(few).Transform(test)).Accuracy;

            IDataView Texts(int count, int draw)
            {
                var random = new Random(draw);
                return ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(place => new Text
                {
                    Tokens = [.. Enumerable.Range(0, 8).Select(_ => (uint)(100 * (place % 2) + random.Next(100)))], Label = place % 2 == 0,
                }).ToList());
            }
        }

        Assert.IsGreaterThan(anew.Average() + 0.05, started.Average(), $"{string.Join(", ", anew)} anew, {string.Join(", ", started)} started");
    }

    private static float Gaussian(Random random) => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));

    private sealed class Row
    {
        [VectorType(Numbers)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }

    private sealed class Text
    {
        [KeyType(200)]
        public uint[] Tokens { get; set; } = [];

        public bool Label { get; set; }
    }
}
