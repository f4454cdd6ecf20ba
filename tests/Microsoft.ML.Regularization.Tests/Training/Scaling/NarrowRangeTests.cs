using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Trainers;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Training.Scaling;

/// <summary>Numbers whose differences are tiny beside their size.</summary>
[TestClass]
public sealed class NarrowRangeTests
{
    private const int Rows = 700;

    private readonly MLContext _ml = new(seed: 1);

    private static IEnumerable<object[]> Columns =>
        from scaling in new[] { InputScaling.Standardize, InputScaling.RobustSmoothClip }
        from column in new (float Base, float Step)[] { (1.7e9f, 128), (-1.7e9f, 128), (1e6f, 0.0625f), (1, 1.1920929e-7f), (3e38f, 2.028241e31f), (1e-30f, 9.4e-38f) }
        select new object[] { scaling, column.Base, column.Step };

    [TestMethod]
    [DynamicData(nameof(Columns))]
    public void They_are_scaled_by_their_true_differences(InputScaling scaling, float start, float step)
    {
        var values = Enumerable.Range(0, Rows).Select(row => (float)(start + row % 7 * (double)step)).ToArray();
        var statistics = NumberRows.Learn(scaling, values.Select(value => new[] { value }));
        var scaler = statistics.Scaler!;
        var scaled = new float[1];
        var exact = values.Select(value => (double)value).ToArray();
        var scale = scaling == InputScaling.Standardize
            ? Math.Sqrt(exact.Average(value => Math.Pow(value - exact.Average(), 2)))
            : exact.Order().ElementAt(3 * Rows / 4) - exact.Order().ElementAt(Rows / 4);
        using var scope = torch.NewDisposeScope();
        using var layer = new InputScalingLayer(scaler);
        foreach (var value in values.Distinct())
        {
            scaler.Apply([value], scaled);
            var z = ((double)value - scaler.Center[0]) / scale;
            Assert.AreEqual(scaling == InputScaling.Standardize ? z : z / Math.Sqrt(1 + z * z / 9), scaled[0], 2e-6);
            Assert.AreEqual(scaled[0], layer.forward(torch.tensor(new[] { value }, [1, 1])).item<float>(), 1e-6);
        }

        Assert.IsTrue(statistics.Numbers[0].IsCoarse);
    }

    [TestMethod]
    [DataRow(InputScaling.Standardize)]
    [DataRow(InputScaling.RobustSmoothClip)]
    public void Ordinary_numbers_and_flags_are_not_called_coarse(InputScaling scaling)
    {
        var rows = Enumerable.Range(0, Rows).Select(row => new[] { row % 50 == 0 ? 1f : 0, 1e6f + row % 7, 2000 + row % 30, 1e-20f * row, 0.1f * row });
        foreach (var number in NumberRows.Learn(scaling, rows).Numbers)
            Assert.IsFalse(number.IsCoarse || number.IsConstant);
    }

    [TestMethod]
    public void Pixels_of_a_channel_and_steps_of_a_sequence_share_their_true_deviation()
    {
        var rows = Enumerable.Range(0, Rows).Select(row => Enumerable.Range(0, 4).Select(i => 1.7e9f + 128f * ((row + i) % 7)).ToArray()).ToList();
        foreach (var input in new[] { new InputLayout { Numbers = 4, Image = new ImageShape(2, 1, 2) }, new InputLayout { Numbers = 4, Steps = 2 } })
        {
            var scaler = NumberRows.Learn(InputScaling.Standardize, rows, input).Scaler!;
            foreach (var (center, factor) in scaler.Center.Zip(scaler.Factor))
            {
                Assert.AreEqual(1.7e9f + 3 * 128, center);
                Assert.AreEqual(1, 128 * 2 * factor, 1e-6);
            }
        }
    }

    [TestMethod]
    public void A_network_learns_from_them_and_the_log_says_how_coarse_they_are()
    {
        var log = new LogRecorder(_ml);
        var view = NumberRows.View(Enumerable.Range(0, Rows).Select(row => new[] { 1.7e9f + 128f * (row / 100), 5, 0.01f * (row % 3) }), "Time", "Same", "Part");
        var options = SmallNetwork.Options with { LabelColumnName = "Target", MaxEpochs = 30 };
        var model = _ml.Regression.Trainers.NeuralNetwork(options).Fit(view);
        Assert.IsGreaterThan(0.95, _ml.Regression.Evaluate(model.Transform(view), "Target").RSquared);
        Assert.HasCount(1, log.Warnings.Where(warning => warning.Contains("'Features'") && warning.Contains("few steps of the precision of Single") && warning.Contains("'Time'")));
        Assert.HasCount(1, log.Messages.Where(message => message.Contains("1 number is the same in all training rows") && message.Contains("'Same'")));
    }

    [TestMethod]
    public void Lists_of_numbers_in_the_log_are_short()
    {
        var log = new LogRecorder(_ml);
        var view = NumberRows.View(Enumerable.Range(0, 60).Select(row => Enumerable.Range(0, 300).Select(slot => slot == 0 ? row : 1f).ToArray()));
        _ml.Regression.Trainers.NeuralNetwork(SmallNetwork.Options with { LabelColumnName = "Target", MaxEpochs = 1 }).Fit(view);
        var line = log.Messages.Single(message => message.Contains("same in all training rows"));
        StringAssert.Contains(line, "299 numbers are");
        StringAssert.Contains(line, "slot 5 and 294 more");
        Assert.IsLessThan(400, line.Length);
    }

    [TestMethod]
    public void Targets_of_a_narrow_range_are_learned_by_their_differences()
    {
        var (plain, offset) = (RSquared(0), RSquared(1.7e9f));
        Assert.IsGreaterThan(0.6, plain);
        Assert.AreEqual(plain, offset, 0.02);

        double RSquared(float offset)
        {
            var rows = Example.Clusters(400);
            rows.ForEach(row => row.Target = offset + 128f * (row.Label * 4 + (row.Features[3] > 0 ? 1 : 0)));
            var view = _ml.Data.LoadFromEnumerable(rows);
            var model = new MLContext(seed: 1).Regression.Trainers.NeuralNetwork(SmallNetwork.Options with { LabelColumnName = "Target" }).Fit(view);
            var (targets, scores) = (rows.ConvertAll(row => (double)row.Target), model.Transform(view).GetColumn<float>("Score").ToList());
            var mean = targets.Average();
            return 1 - targets.Zip(scores, (target, score) => Math.Pow(target - score, 2)).Sum() / targets.Sum(target => Math.Pow(target - mean, 2));
        }
    }

    [TestMethod]
    public void Augmentations_know_their_true_deviation()
    {
        var moments = new FeatureMoments(1);
        for (var row = 0; row < Rows; row++)
            moments.Add(0, 1.7e9f + 128f * (row % 7));
        Assert.AreEqual(128 * 2, moments.Finish(Rows).Deviations[0], 1e-2);
    }
}
