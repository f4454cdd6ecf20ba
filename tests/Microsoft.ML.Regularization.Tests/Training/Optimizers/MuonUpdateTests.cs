using Microsoft.ML.Regularization.Tests.Golden;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Training.Optimizers;

[TestClass]
public sealed class MuonUpdateTests
{
    private const double Rate = 0.01;

    [TestMethod]
    [DataRow(20, 20)]
    [DataRow(12, 50)]
    [DataRow(50, 12)]
    [DataRow(33, 1)]
    public void Iterations_bring_singular_values_near_1_and_keep_the_singular_vectors(int rows, int columns)
    {
        using var scope = torch.NewDisposeScope();
        var random = new Random(1);
        var values = Enumerable.Range(0, rows * columns).Select(_ => (float)(random.NextDouble() - 0.4)).ToArray();
        var before = torch.tensor(values, [rows, columns]);

        new NewtonSchulz().Apply(values, columns, iterations: 8);

        var after = torch.tensor(values, [rows, columns]);
        var few = Math.Min(rows, columns);
        var (u, _, vt) = torch.linalg.svd(before, fullMatrices: false);
        var turned = u.t().matmul(after).matmul(vt.t());
        Assert.IsLessThan(0.02f, (turned - torch.diag(torch.diag(turned))).abs().max().item<float>());
        Assert.IsLessThan(1.3f, torch.diag(turned).max().item<float>());
        Assert.IsGreaterThan(0.6f, torch.diag(turned).min().item<float>());
        Assert.AreEqual(few, turned.shape[0]);
        var expected = NewtonSchulz.Of(before, iterations: 8).flatten().contiguous().data<float>().ToArray();
        Closeness.AssertClose(expected, values, 1e-3, "torch calls");
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Two_steps_are_those_of_the_formulas(bool useSpans)
    {
        // Wider than tall, taller than wide, and an output layer that is Adam's.
        var options = new MuonOptimizer { Momentum = 0.8, MatrixRate = 4, Iterations = 5 };
        using var network = NetworkArchitecture.Mlp(6, 9).CreateNetwork(8, 2, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        using var twin = NetworkArchitecture.Mlp(6, 9).CreateNetwork(8, 2, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        using var parameters = new FlatParameters(network, useSpans);
        using var others = new FlatParameters(twin, useSpans);
        var shrinkage = WeightShrinkage.Of(RegularizationRecipe.None with { WeightDecay = 0.5 });
        using var update = options.CreateUpdate(parameters, shrinkage);
        using var adam = new AdamOptimizer().CreateUpdate(others, shrinkage);
        var weights = Copies(parameters, parameters.WeightSpan);
        var momentum = parameters.Matrices.ToDictionary(matrix => matrix.Name, matrix => new double[matrix.Length]);
        var random = new Random(3);

        for (var step = 1; step <= 2; step++)
        {
            foreach (ref var value in parameters.GradientSpan)
                value = (float)(random.NextDouble() - 0.3);
            parameters.GradientSpan.CopyTo(others.GradientSpan);
            var gradients = Copies(parameters, parameters.GradientSpan);
            update.Step(Rate);
            adam.Step(Rate);

            foreach (var matrix in parameters.Matrices.Where(matrix => matrix.Name.StartsWith("hidden", StringComparison.Ordinal)))
            {
                var (w, g, m, columns) = (weights[matrix.Name], gradients[matrix.Name], momentum[matrix.Name], (int)matrix.Columns);
                var mixed = new double[w.Length];
                for (var i = 0; i < w.Length; i++)
                {
                    m[i] = 0.8 * m[i] + 0.2 * g[i];
                    mixed[i] = 0.2 * g[i] + 0.8 * m[i];
                }

                var direction = Iterate(mixed, columns);
                var size = Math.Sqrt(Math.Max(1, (double)(w.Length / columns) / columns));
                for (var i = 0; i < w.Length; i++)
                    w[i] = w[i] * (1 - Rate * 0.5) - 4 * Rate * size * direction[i];
                Closeness.AssertClose(w, matrix.In(parameters.WeightSpan), 1e-4, $"{matrix.Name}, step {step}");
            }
        }

        var output = parameters.Matrices.Single(matrix => matrix.Name == "output.weight");
        Closeness.AssertClose(output.In(others.WeightSpan), output.In(parameters.WeightSpan), 1e-6, output.Name);
        Closeness.AssertClose(others.WeightSpan[(int)others.DecayedLength..], parameters.WeightSpan[(int)parameters.DecayedLength..], 1e-6, "biases");
    }

    [TestMethod]
    public void Weights_that_a_layer_divides_by_the_root_of_its_inputs_take_steps_that_are_larger_by_it()
    {
        var architecture = new RealMlpArchitecture { HiddenSizes = [9, 16], Activation = Activation.ReLU, EmbedsNumbers = false };
        using var network = architecture.CreateNetwork(16, 2, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        using var parameters = new FlatParameters(network);
        using var update = Optimizer.Muon(matrixRate: 1).CreateUpdate(parameters, WeightShrinkage.Of(RegularizationRecipe.None));
        var random = new Random(3);
        foreach (ref var value in parameters.GradientSpan)
            value = (float)(random.NextDouble() - 0.3);
        var before = Copies(parameters, parameters.WeightSpan);

        update.Step(Rate);

        foreach (var (name, inputs, units) in new[] { ("hidden.0.linear.weight", 16, 9), ("hidden.1.linear.weight", 9, 16) })
        {
            // Nine singular values near 1: the norm of the step, over the root of its number of them.
            var after = Copies(parameters, parameters.WeightSpan)[name];
            var norm = Math.Sqrt(before[name].Zip(after, (from, to) => (from - to) * (from - to)).Sum() / 9);
            Assert.AreEqual(Rate * Math.Sqrt(inputs) * Math.Sqrt(Math.Max(1, (double)units / inputs)), norm, 0.25 * norm, name);
        }
    }

    [TestMethod]
    public void It_says_its_settings() =>
        Assert.AreEqual("Muon, momentum 0.95, 5 iterations, matrix rate 8; else Adam, betas 0.9 and 0.999, epsilon 1E-08", Optimizer.Muon().ToString());

    // In double precision, with loops.
    private static double[] Iterate(double[] matrix, int columns)
    {
        var rows = matrix.Length / columns;
        if (rows > columns)
            return Transpose(Iterate(Transpose(matrix, columns), rows), rows);
        var norm = Math.Sqrt(matrix.Sum(value => value * value));
        var x = matrix.Select(value => value / norm).ToArray();
        for (var i = 0; i < 5; i++)
        {
            var a = Multiply(x, Transpose(x, columns), rows, columns, rows);
            var square = Multiply(a, a, rows, rows, rows);
            var factor = a.Zip(square, (one, two) => -4.775 * one + 2.0315 * two).ToArray();
            x = [.. Multiply(factor, x, rows, rows, columns).Zip(x, (change, value) => 3.4445 * value + change)];
        }

        return x;
    }

    private static double[] Multiply(double[] left, double[] right, int rows, int depth, int columns) =>
        [.. Enumerable.Range(0, rows * columns).Select(i => Enumerable.Range(0, depth).Sum(k => left[i / columns * depth + k] * right[k * columns + i % columns]))];

    private static double[] Transpose(double[] matrix, int columns) =>
        [.. Enumerable.Range(0, matrix.Length).Select(i => matrix[i % (matrix.Length / columns) * columns + i / (matrix.Length / columns)])];

    private static Dictionary<string, double[]> Copies(FlatParameters parameters, Span<float> flat)
    {
        var copies = new Dictionary<string, double[]>();
        foreach (var matrix in parameters.Matrices)
            copies.Add(matrix.Name, Array.ConvertAll(matrix.In(flat).ToArray(), value => (double)value));
        return copies;
    }
}
