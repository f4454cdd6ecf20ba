using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Trainers;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Training.Scaling;

[TestClass]
public sealed class InputStatisticsTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Standardizing_gives_mean_zero_and_deviation_one()
    {
        // Large numbers that differ little: their squares would cancel.
        var values = Enumerable.Range(0, 101).Select(i => 1e6f + i % 7).ToArray();
        var scaler = Learn(InputScaling.Standardize, values);
        var scaled = values.Select(value => (double)Apply(scaler, value)).ToArray();
        Assert.AreEqual(0, scaled.Average(), 2e-2);
        Assert.AreEqual(1, Math.Sqrt(scaled.Average(value => value * value)), 1e-3);
    }

    [TestMethod]
    public void Robust_scaling_takes_median_and_interquartile_range()
    {
        // 0, 1, ..., 100 and one wild value: median 50.5, quartiles by interpolation at 25.25 and 75.75.
        var scaler = Learn(InputScaling.RobustSmoothClip, [.. Enumerable.Range(0, 101).Select(i => (float)i), 1e9f]);
        Assert.AreEqual(50.5f, scaler.Center[0], 1e-4);
        Assert.AreEqual(1 / 50.5f, scaler.Factor[0], 1e-6);
        var z = (80 - 50.5) / 50.5;
        Assert.AreEqual(z / Math.Sqrt(1 + z * z / 9), Apply(scaler, 80), 1e-6);
    }

    /// <summary>Lengths 5 and 13: the root of (25 + 169) / 2.</summary>
    [TestMethod]
    public void Unit_length_divides_all_numbers_by_the_length_of_rows()
    {
        var scaler = NumberRows.Learn(InputScaling.UnitLength, [[3, -4, 0], [0, 5, 12]]).Scaler!;
        CollectionAssert.AreEqual(new float[3], scaler.Center);
        foreach (var factor in scaler.Factor)
            Assert.AreEqual(1 / Math.Sqrt(97), factor, 1e-7);
        CollectionAssert.AreEqual(new float[2], NumberRows.Learn(InputScaling.UnitLength, [[0, 0], [0, 0]]).Scaler!.Factor);
    }

    [TestMethod]
    public void Rare_flags_become_zero_and_nearly_two()
    {
        var scaler = Learn(InputScaling.RobustSmoothClip, [.. Enumerable.Range(0, 100).Select(i => i == 7 ? 1f : 0)]);
        Assert.AreEqual(0, Apply(scaler, 0));
        Assert.AreEqual(2 / Math.Sqrt(1 + 4 / 9.0), Apply(scaler, 1), 1e-6);
    }

    [TestMethod]
    public void Whatever_comes_the_clip_stays_within_three()
    {
        var scaler = Learn(InputScaling.RobustSmoothClip, [1, 2, 3, 4]);
        foreach (var value in new[] { 1e6f, 1e20f, float.MaxValue })
        {
            Assert.AreEqual(3, Apply(scaler, value), 1e-4);
            Assert.AreEqual(-3, Apply(scaler, -value), 1e-4);
        }
    }

    [TestMethod]
    [DataRow(InputScaling.Standardize)]
    [DataRow(InputScaling.RobustSmoothClip)]
    public void A_feature_without_differences_becomes_zero_also_where_it_differs_later(InputScaling scaling)
    {
        var scaler = Learn(scaling, [5, 5, 5, 5]);
        Assert.AreEqual(0, Apply(scaler, 5));
        Assert.AreEqual(0, Apply(scaler, 99));
    }

    [TestMethod]
    [DataRow(InputScaling.Standardize)]
    [DataRow(InputScaling.RobustSmoothClip)]
    public void Nothing_that_comes_later_overflows(InputScaling scaling)
    {
        foreach (var values in new[] { new[] { 1f, 2, 3, 4 }, [-3e38f, -3e38f, -3e38f, -3e38f], [-3e38f, 3e38f, 1, 2], [1e-44f, 0, 0, 0] })
        {
            var scaler = Learn(scaling, values);
            using var scope = torch.NewDisposeScope();
            using var layer = new InputScalingLayer(scaler);
            foreach (var value in new[] { float.MaxValue, -float.MaxValue, 0, 1 })
            {
                Assert.IsLessThanOrEqualTo(InputScaler.Largest, Math.Abs(Apply(scaler, value)));
                Assert.AreEqual(Apply(scaler, value), layer.forward(torch.tensor(new[] { value, 0, 0 }, [1, 3])).data<float>().ToArray()[0], 1e-6);
            }
        }
    }

    [TestMethod]
    [DataRow(InputScaling.Standardize)]
    [DataRow(InputScaling.RobustSmoothClip)]
    public void The_layer_scales_like_the_managed_code(InputScaling scaling)
    {
        var random = new Random(4);
        var rows = Enumerable.Range(0, 50).Select(_ => new[] { (float)random.NextDouble(), (float)Math.Exp(9 * random.NextDouble()), 3 });
        var scaler = NumberRows.Learn(scaling, rows).Scaler!;
        using var scope = torch.NewDisposeScope();
        using var layer = new InputScalingLayer(scaler);
        float[] row = [0.3f, -1e12f, 4];
        var managed = new float[3];
        scaler.Apply(row, managed);
        Closeness.AssertClose(layer.forward(torch.tensor(row, [1, 3])).data<float>().ToArray(), managed, 1e-6, "row");
    }

    [TestMethod]
    [DataRow(InputScaling.Standardize)]
    [DataRow(InputScaling.RobustSmoothClip)]
    public void Scores_do_not_depend_on_the_features_units(InputScaling scaling)
    {
        var rows = Example.Clusters(150);
        var options = SmallNetwork.Options with { InputScaling = scaling };
        var expected = SmallNetwork.Scores(SmallNetwork.Fit(_ml, options, _ml.Data.LoadFromEnumerable(rows)).Transform(_ml.Data.LoadFromEnumerable(rows)));
        rows.ForEach(row => row.Features = [.. row.Features.Select((feature, i) => feature * (1 << (8 * i)))]);
        var view = _ml.Data.LoadFromEnumerable(rows);
        foreach (var (a, b) in expected.Zip(SmallNetwork.Scores(SmallNetwork.Fit(_ml, options, view).Transform(view))))
            Closeness.AssertClose(a, b, 1e-3, "score");
    }

    [TestMethod]
    public void By_default_neither_a_forgotten_normalizer_nor_a_heavy_tail_ruins_a_network()
    {
        var rows = Example.Clusters(600);
        var random = new Random(1);
        rows.ForEach(row => row.Features = [row.Features[0] * 1000, row.Features[1], row.Features[2], (float)Math.Exp(8 * random.NextDouble() - 4)]);
        rows[5].Features = [1e30f, -1e30f, 1e30f, 1e30f];
        var options = SmallNetwork.Options;
        var view = _ml.Data.LoadFromEnumerable(rows);
        Assert.IsGreaterThan(0.8, Accuracy(options));
        Assert.IsLessThan(0.6, Accuracy(options with { InputScaling = InputScaling.Standardize }));

        double Accuracy(NeuralNetworkOptions chosen) =>
            _ml.MulticlassClassification.Evaluate(SmallNetwork.Fit(_ml, chosen, view).Transform(view)).MicroAccuracy;
    }

    private static InputScaler Learn(InputScaling scaling, float[] values) =>
        NumberRows.Learn(scaling, values.Select(value => new[] { value, 0, 0 })).Scaler!;

    private static float Apply(InputScaler scaler, float value)
    {
        var scaled = new float[3];
        scaler.Apply([value, 0, 0], scaled);
        return scaled[0];
    }
}
