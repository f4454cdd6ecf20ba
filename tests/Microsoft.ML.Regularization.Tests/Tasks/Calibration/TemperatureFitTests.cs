namespace Microsoft.ML.Regularization.Tests.Tasks.Calibration;

/// <summary>Temperatures against a fine grid of them, each measured by its formula in double precision.</summary>
[TestClass]
public sealed class TemperatureFitTests
{
    [TestMethod]
    [DataRow(1, 2.5, 400, 0.15)]
    [DataRow(1, 0.4, 60, 0.15)]
    [DataRow(3, 2.5, 30, 0.15)]
    [DataRow(3, 2.5, 3000, 0.15)]
    [DataRow(3, 0.4, 300, 100)]
    [DataRow(10, 1, 200, 0.5)]
    [DataRow(10, 6, 500, 100)]
    public void It_is_the_best_of_a_fine_grid(int outputs, double sureness, int rows, double priorDeviation)
    {
        var sample = Sample.Draw(outputs, sureness, rows, seed: rows);
        var coarse = Enumerable.Range(-450, 901).Select(step => step / 100.0).MinBy(Cost);
        var fine = Enumerable.Range(-150, 301).Select(step => coarse + step / 10000.0).MinBy(Cost);

        var calibration = TemperatureFit.Of(sample.Rows, priorDeviation)!;

        Assert.AreEqual(fine, Math.Log(calibration.Temperature), 2e-4);
        Assert.AreEqual(rows - 1, calibration.Rows);
        Assert.AreEqual(1.0 / rows, calibration.UniformShare);

        double Cost(double x) => sample.Loss(Math.Exp(-x)) + x * x / (2 * priorDeviation * priorDeviation);
    }

    [TestMethod]
    public void Many_rows_find_the_temperature_that_the_labels_were_drawn_with()
    {
        foreach (var (outputs, sureness) in new[] { (1, 3.0), (4, 3.0), (4, 0.5) })
        {
            var calibration = TemperatureFit.Of(Sample.Draw(outputs, sureness, rows: 20000, seed: 5, isSoft: false).Rows, 0.15)!;
            Assert.AreEqual(sureness, calibration.Temperature, 0.06 * sureness);
        }
    }

    [TestMethod]
    public void Rows_that_are_all_right_make_it_sharper_within_the_prior()
    {
        var rows = new CalibrationRows(outputs: 1);
        for (var row = 0; row < 20; row++)
            rows.Add([row % 2 == 0 ? 4 : -4], row % 2 == 0 ? [0, 1] : [1, 0], 1);

        Assert.IsInRange(0.85, 0.999, TemperatureFit.Of(rows, 0.15)!.Temperature);
        Assert.IsLessThan(0.5, TemperatureFit.Of(rows, 100)!.Temperature);
    }

    [TestMethod]
    public void Without_rows_or_with_outputs_that_are_no_numbers_there_is_none()
    {
        var rows = new CalibrationRows(outputs: 3);
        Assert.IsNull(TemperatureFit.Of(rows, 0.15));
        rows.Add([1, 2, 3], [1, 0, 0], weight: 0);
        Assert.IsNull(TemperatureFit.Of(rows, 0.15));
        rows.Add([1, float.NaN, 3], [1, 0, 0], weight: 1);
        Assert.IsNull(TemperatureFit.Of(rows, 0.15));
    }

    [TestMethod]
    public void Of_very_many_rows_a_part_tells_as_much()
    {
        var sample = Sample.Draw(outputs: 500, sureness: 2, rows: 12000, seed: 3, isSoft: false);

        Assert.AreEqual(2, TemperatureFit.Of(sample.Rows, 0.15)!.Temperature, 0.05);
        Assert.AreEqual(11999, sample.Rows.Seen);
    }

    private sealed class Sample
    {
        private readonly List<(double[] Logits, float[] Target, float Weight)> _all = [];

        public CalibrationRows Rows { get; private init; } = null!;

        /// <summary>Labels are drawn by the softmax of logits over the sureness; one row has the weight 0.</summary>
        public static Sample Draw(int outputs, double sureness, int rows, int seed, bool isSoft = true)
        {
            var random = new Random(seed);
            var sample = new Sample { Rows = new CalibrationRows(outputs) };
            var classes = Math.Max(2, outputs);
            for (var row = 0; row < rows; row++)
            {
                var logits = Enumerable.Range(0, classes).Select(k => outputs == 1 && k == 0 ? 0 : sureness * 2 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5)).ToArray();
                var powers = Array.ConvertAll(logits, logit => Math.Exp(logit / sureness));
                var (draw, label) = (random.NextDouble() * powers.Sum(), 0);
                while (label < classes - 1 && (draw -= powers[label]) > 0)
                    label++;
                var target = new float[classes];
                target[label] = isSoft && row % 3 == 0 ? 0.9f : 1;
                target[(label + 1) % classes] += 1 - target[label];
                var weight = row == 1 ? 0 : row % 5 == 0 ? 2 : 1;
                sample.Rows.Add([.. logits.Skip(classes - outputs).Select(logit => (float)logit)], target, weight);
                sample._all.Add((logits, target, weight));
            }

            return sample;
        }

        /// <summary>The loss of as many rows as there are, at a factor of the logits.</summary>
        public double Loss(double factor)
        {
            var (loss, weights) = (0.0, 0.0);
            foreach (var (logits, target, weight) in _all)
            {
                var logSum = factor * logits.Max() + Math.Log(logits.Sum(logit => Math.Exp(factor * (logit - logits.Max()))));
                loss += weight * target.Zip(logits, (share, logit) => share * (logSum - factor * logit)).Sum();
                weights += weight;
            }

            return (_all.Count - 1) * loss / weights;
        }
    }
}
