using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Ensembles.Bagging;

[TestClass]
public sealed class MeanCalibrationTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void The_temperature_is_that_of_the_mean_probabilities()
    {
        var options = SmallNetwork.Options with
        {
            Members = 3,
            Recipe = RegularizationRecipe.None with { LabelSmoothing = 0.3, EarlyStopping = new EarlyStopping { Patience = int.MaxValue } },
        };
        var (rows, validation) = (_ml.Rows(300), _ml.Rows(120, seed: 2));
        var plain = Fit(Calibration.None);
        var logits = SmallNetwork.Scores(plain.Transform(validation)).ConvertAll(row => Array.ConvertAll(row, p => Math.Log(p)));
        var labels = Example.Clusters(120, seed: 2).ConvertAll(row => (int)row.Label);
        var best = Enumerable.Range(-3000, 6001).Select(step => step / 1000.0).MinBy(
            x => logits.Zip(labels, (row, label) => Math.Log(row.Sum(logit => Math.Exp(Math.Exp(-x) * logit))) - Math.Exp(-x) * row[label]).Sum() + x * x / 2);

        var calibrated = Fit(Calibration.Temperature(priorDeviation: 1));
        var learned = calibrated.Model.History.Calibration!;
        Assert.AreEqual(best, Math.Log(learned.Temperature), 0.002);
        Assert.IsLessThan(0.9, learned.Temperature);
        Assert.IsNull(plain.Model.History.Calibration);
        Assert.IsTrue(calibrated.Model.Network.Members.All(member => member.History.Calibration is null));

        using var file = new MemoryStream();
        _ml.Model.Save(calibrated, rows.Schema, file);
        file.Position = 0;
        SmallNetwork.AssertEqual(SmallNetwork.Scores(calibrated.Transform(rows)), SmallNetwork.Scores(new MLContext().Model.Load(file, out _).Transform(rows)));

        NeuralNetworkMulticlassTransformer Fit(Calibration calibration) =>
            _ml.MulticlassClassification.Trainers.NeuralNetwork(options with { Calibration = calibration }).Fit(rows, validation);
    }
}
