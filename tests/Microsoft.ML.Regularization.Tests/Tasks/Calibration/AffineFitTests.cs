namespace Microsoft.ML.Regularization.Tests.Tasks.Calibration;

/// <summary>Temperatures and offsets against a grid and against another optimizer, both of the formulas in double precision.</summary>
[TestClass]
public sealed class AffineFitTests
{
    [TestMethod]
    [DataRow(60, 0.25, -0.5)]
    [DataRow(200, 100, 0)]
    [DataRow(200, 0.5, 2)]
    public void Of_two_classes_they_are_the_best_of_a_grid(int rows, double priorDeviation, double expected)
    {
        var sample = Sample.Draw(outputs: 1, sureness: 2, shift: 1.2, rows, seed: rows);
        var (x, offset, half) = (0.0, 0.0, 6.0);
        for (var zoom = 0; zoom < 14; zoom++, half /= 3)
        {
            var points = from i in Enumerable.Range(-8, 17) from j in Enumerable.Range(-8, 17) select (X: x + i * half / 8, Offset: offset + j * half / 8);
            (x, offset) = points.MinBy(point => sample.Cost([point.X, point.Offset], [expected], priorDeviation));
        }

        var learned = AffineFit.Of(sample.Rows, priorDeviation, [expected])!;
        Assert.AreEqual(-x, Math.Log(learned.Temperature), 1e-4);
        Assert.AreEqual(offset, learned.Offsets!.Single(), 1e-4);
        Assert.AreEqual((rows - 1, 1.0 / rows), (learned.Rows, learned.UniformShare));
    }

    [TestMethod]
    [DataRow(3, 30, 0.25)]
    [DataRow(4, 150, 100)]
    [DataRow(6, 200, 1)]
    public void Of_more_classes_they_are_those_of_descent_along_one_axis_after_the_other(int classes, int rows, double priorDeviation)
    {
        var sample = Sample.Draw(classes, sureness: 1.7, shift: 0.8, rows, seed: rows);
        var expected = Enumerable.Range(0, classes).Select(k => 0.3 * (k - (classes - 1) / 2.0)).ToArray();
        var point = new double[classes + 1];
        for (var sweep = 0; sweep < 30; sweep++)
        {
            for (var axis = 0; axis < point.Length; axis++)
                point[axis] = Golden(value => sample.Cost([.. point.Select((old, i) => i == axis ? value : old)], expected, priorDeviation), point[axis] - (sweep < 3 ? 3 : 0.3), point[axis] + (sweep < 3 ? 3 : 0.3));
        }

        var learned = AffineFit.Of(sample.Rows, priorDeviation, expected)!;
        Assert.AreEqual(-point[0], Math.Log(learned.Temperature), 1e-3);

        // Only differences of offsets matter, and the prior's have the mean 0.
        var mean = point.Skip(1).Average();
        for (var k = 0; k < classes; k++)
            Assert.AreEqual(point[k + 1] - mean, learned.Offsets![k], 2e-3);
        Assert.AreEqual(0, learned.Offsets!.Average(), 1e-6);
        Assert.IsLessThanOrEqualTo(sample.Cost(point, expected, priorDeviation) + 1e-9, sample.Cost([-Math.Log(learned.Temperature), .. learned.Offsets!], expected, priorDeviation));
    }

    [TestMethod]
    public void Many_rows_find_what_the_labels_were_drawn_with()
    {
        foreach (var (outputs, sureness, shift) in new[] { (1, 3.0, 2.0), (4, 0.5, 1) })
        {
            var learned = AffineFit.Of(Sample.Draw(outputs, sureness, shift, rows: 8000, seed: 5).Rows, 0.25, new double[outputs])!;
            Assert.AreEqual(sureness, learned.Temperature, 0.1 * sureness);

            // Labels were drawn with -shift of the last class.
            var difference = outputs == 1 ? learned.Offsets![0] : learned.Offsets![^1] - learned.Offsets!.SkipLast(1).Average();
            Assert.AreEqual(-shift, difference, 0.15);
        }
    }

    [TestMethod]
    public void A_sharp_prior_keeps_what_it_expects()
    {
        var learned = AffineFit.Of(Sample.Draw(3, 2, 1, rows: 50, seed: 1).Rows, 0.001, [-1, 0.25, 0.75])!;
        Assert.AreEqual(1, learned.Temperature, 1e-3);
        foreach (var (expected, offset) in new[] { -1, 0.25, 0.75 }.Zip(learned.Offsets!))
            Assert.AreEqual(expected, offset, 1e-3);
    }

    [TestMethod]
    public void The_prior_undoes_class_weights()
    {
        var learner = new AffineLearner(3, 0.001);
        var encoding = new ClassEncoding(3, [2, 0.5f, 0]);
        var rows = Sample.Draw(3, 1, 0, rows: 30, seed: 1).All;
        foreach (var (logits, target, _) in rows)
            learner.Add([.. logits.Select(logit => (float)logit)], new RowLabel(null, target, 1), encoding);
        double[] undone = [-Math.Log(2), Math.Log(2), 0];
        foreach (var (expected, offset) in undone.Zip(learner.Learn()!.Offsets!))
            Assert.AreEqual(expected, offset, 1e-3);

        var ofTrue = new AffineLearner(1, 0.001);
        ofTrue.Add([0.3f], new RowLabel(1, [], 1), new ClassEncoding(2, [0.5f, 4]));
        Assert.AreEqual(Math.Log(0.5 / 4), ofTrue.Learn()!.Offsets!.Single(), 1e-3);
    }

    [TestMethod]
    public void Without_rows_or_with_outputs_that_are_no_numbers_there_are_none()
    {
        var rows = new CalibrationRows(outputs: 3, keepsTargets: true);
        Assert.IsNull(AffineFit.Of(rows, 0.25, [0, 0, 0]));
        rows.Add([1, 2, 3], [1, 0, 0], weight: 0);
        Assert.IsNull(AffineFit.Of(rows, 0.25, [0, 0, 0]));
        rows.Add([1, float.NaN, 3], [1, 0, 0], weight: 1);
        Assert.IsNull(AffineFit.Of(rows, 0.25, [0, 0, 0]));
    }

    [TestMethod]
    public void Of_very_many_rows_every_second_one_is_kept_with_its_target()
    {
        const int Classes = 4000;
        var (all, even) = (new CalibrationRows(Classes, keepsTargets: true), new CalibrationRows(Classes, keepsTargets: true));
        var (random, logits, target) = (new Random(1), new float[Classes], new float[Classes]);
        for (var row = 0; row < 1060; row++)
        {
            Array.Clear(target);
            target[random.Next(Classes)] = 1;
            for (var k = 0; k < Classes; k += 7)
                logits[k] = random.NextSingle() * 4;
            all.Add(logits, target, 1 + row % 3);
            if (row % 2 == 0)
                even.Add(logits, target, 1 + row % 3);
        }

        var offsets = Enumerable.Range(0, Classes).Select(k => k % 5 * 0.1).ToArray();
        var (ofAll, ofEven) = (new double[Classes + 1], new double[Classes + 1]);
        Assert.AreEqual(even.At(0.7, offsets, ofEven), all.At(0.7, offsets, ofAll), 1e-12);
        CollectionAssert.AreEqual(ofEven, ofAll);
    }

    [TestMethod]
    public void The_gradient_is_that_of_finite_differences()
    {
        foreach (var outputs in new[] { 1, 4 })
        {
            var rows = Sample.Draw(outputs, 2, 1, rows: 40, seed: 3).Rows;
            double[] point = [0.8, .. Enumerable.Range(0, outputs).Select(k => 0.3 * k - 0.2)];
            var gradient = new double[point.Length];
            rows.At(point[0], point.AsSpan(1), gradient);
            for (var i = 0; i < point.Length; i++)
                Assert.AreEqual((At(i, 1e-6) - At(i, -1e-6)) / 2e-6, gradient[i], 1e-7);

            double At(int axis, double change)
            {
                double[] moved = [.. point.Select((value, i) => value + (i == axis ? change : 0))];
                return rows.At(moved[0], moved.AsSpan(1), new double[point.Length]);
            }
        }
    }

    private static double Golden(Func<double, double> function, double from, double to)
    {
        var part = (Math.Sqrt(5) - 1) / 2;
        for (var step = 0; step < 30; step++)
        {
            var (left, right) = (to - part * (to - from), from + part * (to - from));
            (from, to) = function(left) < function(right) ? (from, right) : (left, to);
        }

        return (from + to) / 2;
    }

    private sealed class Sample
    {
        public required CalibrationRows Rows { get; init; }

        public List<(double[] Logits, float[] Target, float Weight)> All { get; } = [];

        /// <summary>Labels are drawn by the softmax of logits over the sureness, less a shift of the last class; one row has the weight 0.</summary>
        public static Sample Draw(int outputs, double sureness, double shift, int rows, int seed)
        {
            var random = new Random(seed);
            var sample = new Sample { Rows = new CalibrationRows(outputs, keepsTargets: true) };
            var classes = Math.Max(2, outputs);
            for (var row = 0; row < rows; row++)
            {
                var logits = Enumerable.Range(0, classes).Select(k => outputs == 1 && k == 0 ? 0 : sureness * 2 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5)).ToArray();
                var powers = logits.Select((logit, k) => Math.Exp(logit / sureness - (k == classes - 1 ? shift : 0))).ToArray();
                var (draw, label) = (random.NextDouble() * powers.Sum(), 0);
                while (label < classes - 1 && (draw -= powers[label]) > 0)
                    label++;
                var target = new float[classes];
                target[label] = row < 300 && row % 3 == 0 ? 0.9f : 1;
                target[(label + 1) % classes] += 1 - target[label];
                var weight = row == 1 ? 0 : row % 5 == 0 ? 2 : 1;
                sample.Rows.Add([.. logits.Skip(classes - outputs).Select(logit => (float)logit)], target, weight);
                sample.All.Add((logits, target, weight));
            }

            return sample;
        }

        /// <summary>The loss of as many rows as there are, and the priors.</summary>
        public double Cost(double[] point, double[] expected, double priorDeviation)
        {
            var (loss, weights, factor) = (0.0, 0.0, Math.Exp(point[0]));
            foreach (var (logits, target, weight) in All)
            {
                var (first, powers, expectation, largest) = (logits.Length - expected.Length, 0.0, 0.0, double.NegativeInfinity);
                for (var k = 0; k < logits.Length; k++)
                    largest = Math.Max(largest, Moved(k));
                for (var k = 0; k < logits.Length; k++)
                {
                    powers += Math.Exp(Moved(k) - largest);
                    expectation += target[k] * (Moved(k) - largest);
                }

                loss += weight * (Math.Log(powers) - expectation);

                double Moved(int k) => factor * (float)logits[k] + (k < first ? 0 : point[1 + k - first]);
                weights += weight;
            }

            var prior = point[0] * point[0] + point.Skip(1).Zip(expected, (offset, mean) => Math.Pow(offset - mean, 2)).Sum();
            return (All.Count - 1) * loss / weights + prior / (2 * priorDeviation * priorDeviation);
        }
    }
}
