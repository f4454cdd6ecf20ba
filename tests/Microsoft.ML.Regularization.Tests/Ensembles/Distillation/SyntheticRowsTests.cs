using Microsoft.ML.Regularization.Tests.Ensembles.Cohorts;
using Microsoft.ML.Regularization.Tests.Trainers;
using Microsoft.ML.Regularization.Tests.Training.Data;

namespace Microsoft.ML.Regularization.Tests.Ensembles.Distillation;

[TestClass]
public sealed class SyntheticRowsTests
{
    private const int Rows = 40;

    /// <summary>Each mixture lies between its row and another one, weighs what they weigh by their shares, and has the target that the networks predict for it.</summary>
    [TestMethod]
    public void Rows_are_mixtures_of_two_with_the_prediction_of_the_teacher()
    {
        using var small = new SmallCohort(rows: Rows, fraction: 0);
        var networks = new[] { 3u, 4u }.Select(seed =>
        {
            var settings = SmallCohort.Settings with { Key = RandomKey.FromSeed((int)seed) };
            using var run = new TrainingRun(small.Host, small.Channel, small.Data, settings);
            return new TrainedNetwork(
                small.Host, small.Data.Task, settings.Architecture, settings.Recipe, SmallNetwork.Record, run.Inputs.Layout, Example.ClassCount, run.Train(small.Channel));
        }).ToList();
        var table = new RowTable(Example.FeatureCount, Example.ClassCount);
        foreach (var row in Example.Clusters(Rows))
            table.Add(row.Features, row.Soft, row.Id == 5 ? 0 : row.Weight);
        var plain = Example.Clusters(Rows).Where(row => row.Id != 5).ToList();

        new SyntheticRows(new TrainedNetwork(networks, networks[0].History), new SoftTargets(0.5, classWeights: null), RandomKey.FromSeed(6)).AddTo(table, new FitWatch());
        Assert.AreEqual(Rows + 9 * (Rows - 1), table.Count);
        var shares = new List<double>();
        for (var i = 0; i < 9 * (Rows - 1); i++)
        {
            var features = table.Features(Rows + i).ToArray();
            var own = plain[i % plain.Count];
            var (error, share, weight) = plain.Where(other => other != own).Select(other => Fit(own, other, features)).Append(Fit(own, own, features)).MinBy(fit => fit.Error);
            Assert.IsLessThan(1e-3, error);
            Assert.AreEqual(weight, table.Weight(Rows + i), 1e-3);
            shares.Add(share);
            var predictions = networks.Select(network => Probabilities(network, features)).ToList();
            for (var k = 0; k < Example.ClassCount; k++)
                Assert.AreEqual((predictions[0][k] + predictions[1][k]) / 2, table.Target(Rows + i)[k], 1e-5);
        }

        // Shares are uniform: mean 1/2, variance 1/12.
        Assert.AreEqual(0.5, shares.Average(), 4 * Math.Sqrt(1 / 12.0 / shares.Count));
        Assert.AreEqual(1 / 12.0, shares.Average(share => (share - 0.5) * (share - 0.5)), 0.02);
    }

    [TestMethod]
    [DataRow(300, 2700)]
    [DataRow(10_000, 50_000)]
    [DataRow(30_000, 30_000)]
    [DataRow(60_000, 0)]
    public void Few_rows_have_many_mixtures(int rows, int mixtures) => Assert.AreEqual(mixtures, SyntheticRows.CountFor(rows));

    [TestMethod]
    public void Images_sequences_texts_and_sparse_rows_have_none()
    {
        Assert.IsTrue(SyntheticRows.Suit(4, isSparse: false));
        Assert.IsFalse(SyntheticRows.Suit(4, isSparse: true));
        Assert.IsFalse(SyntheticRows.Suit(new InputLayout { Numbers = 4, Image = new ImageShape(2, 2) }, isSparse: false));
        Assert.IsFalse(SyntheticRows.Suit(new InputLayout { Numbers = 4, Steps = 2 }, isSparse: false));
    }

    // The share by the first number, and how far the others are from it.
    private static (double Error, double Share, double Weight) Fit(Example own, Example other, float[] features)
    {
        var share = own == other ? 1 : (features[0] - other.Features[0]) / (double)(own.Features[0] - other.Features[0]);
        var error = features.Select((value, i) => Math.Abs(value - (share * own.Features[i] + (1 - share) * other.Features[i]))).Max();
        return (error, share, share * own.Weight + (1 - share) * other.Weight);
    }

    private static double[] Probabilities(TrainedNetwork network, float[] features)
    {
        var outputs = new float[Example.ClassCount];
        network.Scorer.Score(features, outputs);
        var exponentials = outputs.Select(output => Math.Exp(output)).ToList();
        return [.. exponentials.Select(exponential => exponential / exponentials.Sum())];
    }
}
