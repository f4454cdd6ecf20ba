using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Networks;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Training.Optimizers;

/// <summary>What holds under every optimizer.</summary>
[TestClass]
public sealed class ParameterUpdateTests
{
    internal static readonly Optimizer[] Optimizers =
    [
        Optimizer.Sgd(),
        Optimizer.Sgd(momentum: 0.9),
        Optimizer.Sgd(momentum: 0.9, nesterov: true),
        Optimizer.Adam(),
        Optimizer.Adam(beta1: 0.5, beta2: 0.9, epsilon: 1e-3),
        Optimizer.RmsProp(),
        Optimizer.RmsProp(rho: 0.9, momentum: 0.9),
        Optimizer.Muon(),
    ];

    public static IEnumerable<object[]> Each => Optimizers.Select(optimizer => new object[] { optimizer });

    [TestMethod]
    public void These_tests_know_every_optimizer()
    {
        var kinds = typeof(Optimizer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Optimizer)) && !type.IsAbstract);
        CollectionAssert.IsSubsetOf(kinds.ToList(), Optimizers.Select(optimizer => optimizer.GetType()).ToList());
    }

    [TestMethod]
    [DynamicData(nameof(Each))]
    public void The_kernels_equal_the_torch_calls_at_every_length(Optimizer optimizer)
    {
        var recipe = RegularizationRecipe.None with { WeightDecay = 0.1, L1 = 0.05 };
        foreach (var length in new[] { 1, 3, 8, 16, 17, 31, 1003 })
        {
            var random = new Random(length);
            using var spans = new LinearNetwork(Vector(), optimizer, recipe);
            using var calls = new LinearNetwork(spans.Weights.ToArray(), optimizer, recipe, useSpans: false);
            for (var step = 0; step < 6; step++)
            {
                var gradients = Vector();
                spans.Step(gradients, 0.01);
                calls.Step(gradients, 0.01);
                Closeness.AssertClose(calls.Weights, spans.Weights, 2e-6, $"length {length}, step {step}");
            }

            float[] Vector() => [.. Enumerable.Range(0, length).Select(_ => 2 * random.NextSingle() - 1)];
        }
    }

    [TestMethod]
    [DynamicData(nameof(Each))]
    public void One_step_without_a_gradient_shrinks_matrices_and_the_rest_only_when_asked(Optimizer optimizer)
    {
        foreach (var useSpans in new[] { true, false })
        {
            foreach (var penalizesBiases in new[] { false, true })
            {
                var architecture = NetworkArchitecture.Mlp(5, 4) with { Normalization = Normalization.Batch };
                using var network = architecture.CreateNetwork(3, 2, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
                using (torch.no_grad())
                {
                    foreach (var (name, parameter) in network.named_parameters())
                        parameter.add_(name.Length);
                }

                var before = network.named_parameters().ToDictionary(named => named.name, named => named.parameter.data<float>().ToArray());
                using var parameters = new FlatParameters(network, useSpans, penalizesBiases);
                using var update = optimizer.CreateUpdate(parameters, WeightShrinkage.Of(RegularizationRecipe.None with { WeightDecay = 0.5 }));

                update.Step(0.1);

                foreach (var (name, parameter) in network.named_parameters())
                {
                    var isDecayed = penalizesBiases || name.EndsWith("linear.weight", StringComparison.Ordinal) || name == "output.weight";
                    var expected = before[name].Select(value => isDecayed ? 0.95f * value : value).ToArray();
                    Closeness.AssertClose(expected, parameter.data<float>().ToArray(), isDecayed ? 1e-6 : 0, name);
                }
            }
        }
    }

    /// <summary>
    /// The penalty is the same one under every rule: a quadratic under L1 ends at the lasso's solution, of which coordinate descent is a second
    /// implementation, and there a weight is 0 where the loss pulls with less than L1, and the pull is L1 elsewhere.
    /// </summary>
    [TestMethod]
    [DynamicData(nameof(Each))]
    public void L1_ends_at_the_solution_of_the_lasso(Optimizer optimizer)
    {
        const int size = 12;
        const double l1 = 0.1;
        var (curvature, minimum) = Quadratic(size);
        var solution = CoordinateDescent(curvature, minimum, l1);
        Assert.IsInRange(4, 8, solution.Count(weight => weight == 0));

        using var network = new LinearNetwork([.. Enumerable.Repeat(1f, size)], optimizer, RegularizationRecipe.None with { L1 = l1 });
        const int steps = 8000;
        var learningRate = optimizer == Optimizer.Sgd() ? 0.2 : 0.02;
        for (var step = 0; step < steps; step++)
            network.Step(Gradient(network.Weights), learningRate * Math.Pow(1e-4, step / (double)steps));

        Closeness.AssertClose(solution, network.Weights, 2e-4, "weights");
        var gradients = Gradient(network.Weights);
        for (var i = 0; i < size; i++)
        {
            Assert.AreEqual(solution[i] == 0, network.Weights[i] == 0, $"weight {i}");
            if (solution[i] == 0)
                Assert.IsLessThan(l1, Math.Abs(gradients[i]), $"gradient {i}");
            else
                Assert.AreEqual(-l1 * Math.Sign(solution[i]), gradients[i], 2e-3, $"gradient {i}");
        }

        float[] Gradient(Span<float> weights)
        {
            var values = weights.ToArray();
            return [.. Enumerable.Range(0, size).Select(i => (float)Enumerable.Range(0, size).Sum(j => curvature[i, j] * (values[j] - minimum[j])))];
        }
    }

    [TestMethod]
    [DoNotParallelize]
    [DynamicData(nameof(Each))]
    public void It_leaves_no_tensor_behind(Optimizer optimizer)
    {
        foreach (var useSpans in new[] { true, false })
        {
            Assert.AreEqual(0, LiveTensors.LeftBy(() =>
            {
                using var network = new LinearNetwork([1, 2, 3], optimizer, RegularizationRecipe.None with { WeightDecay = 0.1, L1 = 0.1 }, useSpans);
                for (var step = 0; step < 3; step++)
                    network.Step([1, 1, 1], 0.1);
            }));
        }
    }

    private static (double[,] Curvature, double[] Minimum) Quadratic(int size)
    {
        var random = new Random(5);
        var factor = new double[2 * size, size];
        for (var i = 0; i < 2 * size; i++)
        {
            for (var j = 0; j < size; j++)
                factor[i, j] = random.NextDouble() * 2 - 1;
        }

        var curvature = new double[size, size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
                curvature[i, j] = Enumerable.Range(0, 2 * size).Sum(k => factor[k, i] * factor[k, j]) / size;
        }

        return (curvature, [.. Enumerable.Range(0, size).Select(i => i % 2 == 0 ? 2 * random.NextDouble() - 1 : 0.1)]);
    }

    private static double[] CoordinateDescent(double[,] curvature, double[] minimum, double l1)
    {
        var weights = new double[minimum.Length];
        for (var sweep = 0; sweep < 2000; sweep++)
        {
            for (var i = 0; i < weights.Length; i++)
            {
                var pull = Enumerable.Range(0, weights.Length).Sum(j => curvature[i, j] * (minimum[j] - (j == i ? 0 : weights[j])));
                weights[i] = Math.Sign(pull) * Math.Max(Math.Abs(pull) - l1, 0) / curvature[i, i];
            }
        }

        return weights;
    }
}
