using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Golden;

namespace Microsoft.ML.Regularization.Tests.Trainers;

/// <summary>What <see cref="AffineCalibration"/> makes of classes that were weighted.</summary>
[TestClass]
public sealed class AffineCalibrationTests
{
    private static readonly NeuralNetworkOptions Weighted = SmallNetwork.Options with
    {
        Architecture = NetworkArchitecture.Mlp(8), ClassWeights = ClassWeights.Balanced, ValidationFraction = 0.3, Calibration = Calibration.Affine(),
    };

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow("one")]
    [DataRow("members")]
    [DataRow("folds")]
    [DataRow("pack")]
    public void Probabilities_are_frequencies_again_and_the_label_is_theirs(string kind)
    {
        var (rows, test) = (Rare(500, seed: 1), Rare(1000, seed: 2));
        var options = kind switch
        {
            "members" => Weighted with { Members = 2 },
            "folds" => Weighted with { Folds = 2, ValidationFraction = null },
            "pack" => Weighted with { Architecture = NetworkArchitecture.RealMlp() with { HiddenSizes = [8] }, Pack = new PackOptions { Members = 2 } },
            _ => Weighted,
        };
        var log = new LogRecorder(_ml);
        var affine = Fit(options);
        Assert.HasCount(1, log.Warnings.Where(message => message.Contains("ClassWeights is balanced classes", StringComparison.Ordinal)).ToList());
        var temperature = Fit(options with { Calibration = null });
        Assert.HasCount(1, log.Warnings.Where(message => message.Contains("ClassWeights is", StringComparison.Ordinal)).ToList());
        var learned = affine.Model.History.Calibration!;
        Assert.IsNull(temperature.Model.History.Calibration!.Offsets);
        Assert.IsLessThan(-1, learned.Offsets!.Single());

        var (calibrated, weighted) = (Read(affine), Read(temperature));
        var share = test.Average(row => row.Flag ? 1.0 : 0);
        Assert.AreEqual(share, calibrated.Average(row => row.Probability), 0.3 * share);
        Assert.IsGreaterThan(2 * share, weighted.Average(row => row.Probability));
        Assert.IsLessThan(0.8 * LogLoss(temperature), LogLoss(affine));
        foreach (var row in calibrated)
        {
            Assert.AreEqual(1 / (1 + Math.Exp(-row.Score)), row.Probability, 1e-6);
            Assert.AreEqual(row.Probability > 0.5f, row.PredictedLabel);
        }

        // The label of the default stays that of the weighted classes.
        Assert.IsGreaterThan(2 * calibrated.Count(row => row.PredictedLabel), weighted.Count(row => row.PredictedLabel));
        CollectionAssert.AreEqual(weighted.ConvertAll(row => row.Score > 0), weighted.ConvertAll(row => row.PredictedLabel));

        NeuralNetworkBinaryTransformer Fit(NeuralNetworkOptions own) =>
            _ml.BinaryClassification.Trainers.NeuralNetwork(own with { LabelColumnName = "Flag" }).Fit(_ml.Data.LoadFromEnumerable(rows));
        List<Row> Read(ITransformer model) =>
            [.. _ml.Data.CreateEnumerable<Row>(model.Transform(_ml.Data.LoadFromEnumerable(test)), reuseRowObject: false, ignoreMissingColumns: true)];
        double LogLoss(ITransformer model) => _ml.BinaryClassification.Evaluate(model.Transform(_ml.Data.LoadFromEnumerable(test)), "Flag").LogLoss;
    }

    /// <summary>Of three classes it is what the formulas give of the logits.</summary>
    [TestMethod]
    public void Of_more_classes_score_and_label_stay_together_also_in_a_file()
    {
        var rows = _ml.Data.LoadFromEnumerable(Rare(300, seed: 3));
        var plain = _ml.Fit(Weighted with { Calibration = Calibration.None }, rows);
        var model = _ml.Fit(Weighted, rows);
        var learned = model.Model.History.Calibration!;
        Assert.HasCount(3, learned.Offsets!);

        var scored = model.Transform(rows);
        var scores = SmallNetwork.Scores(scored);
        foreach (var (before, after) in SmallNetwork.Scores(plain.Transform(rows)).Zip(scores))
        {
            var powers = before.Select((p, k) => Math.Exp(Math.Log(p) / learned.Temperature + learned.Offsets![k])).ToArray();
            Closeness.AssertClose([.. powers.Select(power => (1 - learned.UniformShare) * power / powers.Sum() + learned.UniformShare / 3)], after, 1e-4, "probability");
        }

        CollectionAssert.AreEqual(
            scores.ConvertAll(row => (uint)Array.IndexOf(row, row.Max()) + 1), scored.GetColumn<uint>("PredictedLabel").ToList());

        using var file = new MemoryStream();
        _ml.Model.Save(model, rows.Schema, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out _);
        Assert.AreEqual(learned, loaded.GetNeuralNetwork().History.Calibration);
        SmallNetwork.AssertEqual(scores, SmallNetwork.Scores(loaded.Transform(rows)));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(101)]
    [DataRow(double.NaN)]
    public void A_prior_deviation_out_of_range_is_refused(double deviation) => Refusal.Check(
        "prior", () => _ml.MulticlassClassification.Trainers.NeuralNetwork(SmallNetwork.Options with { Calibration = Calibration.Affine(deviation) }), ["Calibration.PriorDeviation"]);

    [TestMethod]
    public void Numbers_have_no_probabilities_to_calibrate() => Refusal.Check(
        "regression",
        () => _ml.Regression.Trainers.NeuralNetwork(SmallNetwork.Options with { LabelColumnName = "Target", Calibration = Calibration.Affine() }),
        ["Calibration is temperature and offsets"]);

    [TestMethod]
    public void Offsets_that_cannot_be_are_refused()
    {
        foreach (var offsets in (double[][])[[0], [0, 0, double.NaN], [0, 0, 2e6]])
        {
            var learned = new LearnedCalibration(1, 0, 10) { Offsets = [.. offsets] };
            Refusal.Check("offsets", () => learned.Check(new MLContext(), outputs: 3), ["Calibration.Offsets"]);
        }
    }

    /// <summary>The clusters of the examples, moved together, with a tenth of the rows true.</summary>
    private static List<Example> Rare(int count, int seed)
    {
        var rows = Example.Clusters(count * 4, seed).Where(row => row.Label > 0 || row.Id % 12 == 0).Take(count).ToList();
        foreach (var row in rows.Where(row => row.Flag))
            row.Features[0] -= 1;
        return rows;
    }

    private sealed class Row
    {
        public float Score { get; set; }

        public float Probability { get; set; }

        public bool PredictedLabel { get; set; }
    }
}
