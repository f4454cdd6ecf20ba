namespace Microsoft.ML.Regularization.Tests.Training.Probe;

[TestClass]
public sealed class HeadFitTests
{
    private const int Rows = 40;
    private const int Features = 5;

    /// <summary>Ridge regression, whose head solves <c>(X^T X / n + penalty I) w = X^T y / n</c> over centered features, is known by elimination.</summary>
    [TestMethod]
    [DataRow(1e-4)]
    [DataRow(0.3)]
    public void Of_squared_errors_it_is_that_of_the_normal_equations(double penalty)
    {
        var random = new Random(3);
        var table = new RowTable(Features, 1);
        var rows = Enumerable.Range(0, Rows).Select(_ => Enumerable.Range(0, Features).Select(_ => (float)random.NextDouble() * 4 - 1).ToArray()).ToList();
        foreach (var row in rows)
            table.Add(row, [row[0] - 2 * row[3] + (float)random.NextDouble()], weight: 1);

        var (matrix, biases) = Fit(table, new Plain(), new SquaredObjective(), outputs: 1, penalty);

        var means = Enumerable.Range(0, Features).Select(i => rows.Average(row => (double)row[i])).ToArray();
        var scale = Math.Sqrt(rows.Average(row => row.Select((value, i) => Math.Pow(value - means[i], 2)).Sum()));
        var target = Enumerable.Range(0, Rows).Select(row => (double)table.Target(row)[0]).ToArray();
        var normal = new double[Features, Features + 1];
        for (var i = 0; i < Features; i++)
        {
            for (var j = 0; j < Features; j++)
                normal[i, j] = rows.Average(row => (row[i] - means[i]) * (row[j] - means[j])) / scale / scale + (i == j ? penalty : 0);
            normal[i, Features] = Enumerable.Range(0, Rows).Average(row => (rows[row][i] - means[i]) * (target[row] - target.Average())) / scale;
        }

        var expected = Solve(normal);
        for (var i = 0; i < Features; i++)
            Assert.AreEqual(expected[i] / scale, matrix[i], 1e-3, $"feature {i}");
        Assert.AreEqual(target.Average() - expected.Select((weight, i) => weight / scale * means[i]).Sum(), biases[0], 2e-3);
    }

    /// <summary>Where a convex loss is least its slope is 0: of logistic regression by each weight the mean of feature times error, and the penalty.</summary>
    [TestMethod]
    [DataRow(3)]
    [DataRow(1)]
    public void Of_classes_the_slope_is_zero(int outputs)
    {
        const double penalty = 0.01;
        var classes = Math.Max(2, outputs);
        var random = new Random(4);
        var table = new RowTable(Features, classes);
        for (var row = 0; row < Rows; row++)
        {
            var label = row % classes;
            var soft = new float[classes];
            soft[label] = 1;
            table.Add([.. Enumerable.Range(0, Features).Select(i => (float)random.NextDouble() * 2 + (i == label ? 1 : 0))], soft, weight: 1 + row % 2);
        }

        var (matrix, biases) = Fit(table, new ClassEncoding(classes, null), new CrossEntropyObjective(), outputs, penalty);

        var rows = Enumerable.Range(0, Rows).ToList();
        var means = Enumerable.Range(0, Features).Select(i => rows.Average(row => (double)FeaturesOf(table, row)[i])).ToArray();
        var scale = Math.Sqrt(rows.Average(row => FeaturesOf(table, row).Select((value, i) => Math.Pow(value - means[i], 2)).Sum()));
        var weight = rows.Sum(row => (double)table.Weight(row));
        for (var output = 0; output < outputs; output++)
        {
            for (var i = 0; i < Features; i++)
            {
                var slope = rows.Sum(row => table.Weight(row) / weight * Error(row, output) * (FeaturesOf(table, row)[i] - means[i]) / scale);
                Assert.AreEqual(0, slope + penalty * matrix[output * Features + i] * scale, 3e-5, $"output {output}, feature {i}");
            }

            Assert.AreEqual(0, rows.Sum(row => table.Weight(row) / weight * Error(row, output)), 3e-5);
        }

        double Error(int row, int output)
        {
            double[] logits = [.. Enumerable.Range(0, outputs).Select(k => biases[k] + FeaturesOf(table, row).Select((value, i) => (double)value * matrix[k * Features + i]).Sum())];
            return outputs == 1
                ? 1 / (1 + Math.Exp(-logits[0])) - table.Target(row)[1]
                : Math.Exp(logits[output]) / logits.Sum(Math.Exp) - table.Target(row)[output];
        }
    }

    private static (float[] Matrix, float[] Biases) Fit(RowTable table, TargetEncoding encoding, Objective objective, int outputs, double penalty)
    {
        var scale = FeatureScale.Of(table);
        var fit = new HeadFit(scale, encoding, objective, outputs, hasClasses: table.TargetSize > 1, new FitWatch());
        var rows = fit.Rows(table, [.. Enumerable.Range(0, table.Count)]);
        return scale.Unscaled(fit.Minimize(rows, penalty, new double[rows.Numbers], isLast: true), multiplier: 1);
    }

    private static float[] FeaturesOf(RowTable table, int row)
    {
        var features = new float[Features];
        table.CopyFeatures(row, features);
        return features;
    }

    // Gauss and Jordan.
    private static double[] Solve(double[,] system)
    {
        var size = system.GetLength(0);
        for (var pivot = 0; pivot < size; pivot++)
        {
            for (var row = 0; row < size; row++)
            {
                var factor = row == pivot ? 0 : system[row, pivot] / system[pivot, pivot];
                for (var column = 0; column <= size; column++)
                    system[row, column] -= factor * system[pivot, column];
            }
        }

        return [.. Enumerable.Range(0, size).Select(row => system[row, size] / system[row, row])];
    }

    private sealed class Plain : TargetEncoding
    {
        public override void Apply(Span<float> targets, double labelSmoothing)
        {
        }
    }
}
