namespace Microsoft.ML.Regularization.Tests.Tasks;

/// <summary>The mean of several networks' predictions against the mean that is computed from the predictions themselves.</summary>
[TestClass]
public sealed class PredictionMeanTests
{
    private static readonly double[] Shares = [0.5, 0.2, 0.3];

    [TestMethod]
    public void Probabilities_of_classes_are_averaged()
    {
        const int Count = 20;
        const int Classes = 4;
        var random = new Random(1);
        var outputs = Enumerable.Range(0, Shares.Length * Count * Classes).Select(_ => (float)(8 * random.NextDouble() - 4)).ToArray();
        var mean = new float[Count * Classes];
        LearningTask.MulticlassClassification.CreateMean(Classes, [null, null, null], Shares).Compute(outputs, Count, mean);

        var link = LearningTask.MulticlassClassification.CreateLink(scale: null);
        for (var row = 0; row < Count; row++)
        {
            var expected = new double[Classes];
            for (var network = 0; network < Shares.Length; network++)
            {
                var exponentials = outputs.Skip((network * Count + row) * Classes).Take(Classes).Select(output => Math.Exp(output)).ToArray();
                for (var k = 0; k < Classes; k++)
                    expected[k] += Shares[network] * exponentials[k] / exponentials.Sum();
            }

            var prediction = mean.AsSpan(row * Classes, Classes);
            Assert.AreEqual(Math.Log(expected[1]), prediction[1], 1e-6);
            link.Apply(prediction);
            for (var k = 0; k < Classes; k++)
                Assert.AreEqual(expected[k], prediction[k], 1e-6);
        }
    }

    [TestMethod]
    public void Two_classes_get_the_log_odds_of_the_mean_probability()
    {
        float[] outputs = [2, -1, 0.5f];
        var mean = new float[1];
        LearningTask.BinaryClassification.CreateMean(1, [null, null, null], Shares).Compute(outputs, 1, mean);
        var expected = outputs.Zip(Shares, (output, share) => share / (1 + Math.Exp(-output))).Sum();
        Assert.AreEqual(Math.Log(expected / (1 - expected)), mean[0], 1e-6);
    }

    /// <summary>A probability whose distance from 1 is below what a number resolves still has its log-odds.</summary>
    [TestMethod]
    public void Extreme_probabilities_keep_their_log_odds()
    {
        float[] outputs = [2000, 2000, 2001, -900, -900, -900];
        var mean = new float[2];
        var task = LearningTask.BinaryClassification;
        task.CreateMean(1, [null, null, null], Shares).Compute([2000, -900, 2000, -900, 2001, -900], 2, mean);

        // Of 1 - p those of the first two networks count: 0.7 e^-2000 + 0.3 e^-2001.
        Assert.AreEqual(2000 - Math.Log(0.7 + 0.3 * Math.Exp(-1)), mean[0], 1e-3);
        Assert.AreEqual(outputs[3], mean[1], 1e-3);
    }

    [TestMethod]
    public void Numbers_are_averaged_in_their_own_units()
    {
        var mean = new float[2];
        LearningTask.Regression.CreateMean(1, [new TargetScale(10, 2), new TargetScale(20, 4), new TargetScale(0, 1)], Shares)
            .Compute([1, 2, 0, -1, 5, 6], 2, mean);
        Assert.AreEqual(0.5 * 12 + 0.2 * 20 + 0.3 * 5, mean[0], 1e-5);
        Assert.AreEqual(0.5 * 14 + 0.2 * 16 + 0.3 * 6, mean[1], 1e-5);
    }
}
