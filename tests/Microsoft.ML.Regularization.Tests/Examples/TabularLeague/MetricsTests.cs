using TabularLeague;

namespace Microsoft.ML.Regularization.Tests.Examples;

[TestClass]
public sealed class MetricsTests
{
    [TestMethod]
    public void Log_loss_is_the_mean_of_minus_the_logarithm_of_the_class_s_probability()
    {
        float[][] rows = [[0.5f, 0.25f, 0.25f], [0.125f, 0.75f, 0.125f]];
        Assert.AreEqual((Math.Log(4) + Math.Log(8)) / 2, Metrics.LogLoss(rows, [1, 2]), 1e-12);
        Assert.AreEqual(-Math.Log(1e-15), Metrics.LogLoss([[1, 0]], [1]), 1e-12);
        Assert.AreEqual(0, Metrics.LogLoss([[1, 0]], [0]), 1e-12);
    }

    [TestMethod]
    public void Error_is_the_share_of_rows_whose_largest_score_is_another_class_s() =>
        Assert.AreEqual(0.25, Metrics.Error([[0.1f, 0.9f], [0.6f, 0.4f], [0.3f, 0.7f], [0.8f, 0.2f]], [1, 0, 0, 0]), 1e-12);

    [TestMethod]
    public void The_area_under_the_curve_counts_pairs()
    {
        float[] scores = [0.9f, 0.8f, 0.8f, 0.3f, 0.8f, 0.1f];
        bool[] flags = [true, false, true, false, true, false];
        var pairs =
            from first in Enumerable.Range(0, 6)
            from second in Enumerable.Range(0, 6)
            where flags[first] && !flags[second]
            select scores[first] > scores[second] ? 1 : scores[first] == scores[second] ? 0.5 : 0;
        Assert.AreEqual(pairs.Average(), Metrics.AreaUnderRoc(scores, flags), 1e-12);
        Assert.AreEqual(1, Metrics.AreaUnderRoc([0.1f, 0.2f, 0.9f], [false, false, true]), 1e-12);
    }

    [TestMethod]
    public void The_root_of_the_mean_squared_error_is_just_that() =>
        Assert.AreEqual(Math.Sqrt((1 + 4 + 0) / 3.0), Metrics.RootMeanSquaredError([1, 4, 7], [2, 2, 7]), 1e-6);
}
