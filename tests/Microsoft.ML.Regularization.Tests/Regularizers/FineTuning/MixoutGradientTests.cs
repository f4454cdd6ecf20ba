using Microsoft.ML.Regularization.Tests.Training.Gradients;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Regularizers.Tuning;

[TestClass]
public sealed class MixoutGradientTests
{
    private const double Probability = 0.7;

    /// <summary><c>((1 - M) w + M u - p u) / (1 - p)</c>, where M is 1 with probability p.</summary>
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Elements_are_those_of_the_start_or_as_much_further_from_it(bool useSpans)
    {
        using var network = NetworkArchitecture.Mlp(50, 40).CreateNetwork(30, 3, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        using var parameters = new FlatParameters(network, useSpans);
        var matrix = parameters.Matrices.Single(matrix => matrix.Name == "hidden.1.linear.weight");
        float[] start = [.. matrix.In(parameters.WeightSpan)];
        using var mixed = new MixedMatrix(parameters, matrix, 1 - Probability, RandomKey.FromSeed(2));
        float[] weights = [.. start.Select((value, place) => value + 0.1f * (1 + place % 5))];

        var (sum, fromStart, steps) = (new double[start.Length], 0, 200);
        using var _ = torch.no_grad();
        for (var step = 1; step <= steps; step++)
        {
            weights.CopyTo(matrix.In(parameters.WeightSpan));
            mixed.Mix((ulong)step);
            for (var i = 0; i < start.Length; i++)
            {
                var value = matrix.In(parameters.WeightSpan)[i];
                sum[i] += value;
                var isStart = Math.Abs(value - start[i]) < 1e-6;
                fromStart += isStart ? 1 : 0;
                Assert.AreEqual(isStart ? start[i] : (weights[i] - Probability * start[i]) / (1 - Probability), value, 1e-3);
            }
        }

        Assert.AreEqual(Probability, (double)fromStart / steps / start.Length, 0.005);
        Assert.AreEqual(weights.Average(), sum.Average() / steps, 0.003);
    }

    /// <summary>By finite differences of the loss at the mixed weights, as a function of the weights.</summary>
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void The_gradient_is_that_by_the_weights_which_stay(bool useSpans)
    {
        var rows = Example.Clusters(9);
        using var bench = new GradientBench(
            NetworkArchitecture.Mlp(8) with { Activation = Activation.GELU }, new CrossEntropyObjective(), [.. rows.Select(row => row.Features)], [.. rows.Select(row => row.Soft)], outputs: 3,
            useSpans: useSpans);
        var mixout = bench.Create(RegularizationRecipe.None, new FineTuning { Mixout = Probability });
        for (var i = 0; i < bench.Parameters.WeightSpan.Length; i++)
            bench.Parameters.WeightSpan[i] += 0.03f * (i % 4);
        float[] weights = [.. bench.Parameters.WeightSpan];

        var (_, gradient) = bench.Take(mixout, step: 4);

        CollectionAssert.AreEqual(weights, bench.Parameters.WeightSpan.ToArray());
        var (_, plain) = bench.Take(RegularizationRecipe.None, step: 4);
        CollectionAssert.AreNotEqual(plain, gradient);
        foreach (var place in Enumerable.Range(0, gradient.Length).Where(place => place % 5 == 0))
        {
            const float step = 5e-3f;
            var slope = (At(place, step) - At(place, -step)) / (2 * step);
            Assert.AreEqual(slope, gradient[place], 1e-3 + 0.02 * Math.Abs(slope), $"weight {place}");
        }

        double At(int place, float change)
        {
            bench.Parameters.WeightSpan[place] += change;
            var (loss, _) = bench.Take(mixout, step: 4);
            bench.Parameters.WeightSpan[place] = weights[place];
            return loss;
        }
    }

    [TestMethod]
    public void The_head_is_not_mixed_and_nothing_changes_at_the_start()
    {
        using var bench = GradientBench.OfClasses(NetworkArchitecture.Mlp(8));
        var mixout = bench.Create(RegularizationRecipe.None, new FineTuning { Mixout = Probability });
        var (loss, plain) = bench.Take(RegularizationRecipe.None);
        var (same, mixed) = bench.Take(mixout);
        Assert.AreEqual(loss, same, 1e-6);
        var head = bench.Parameters.Matrices.Single(matrix => matrix.Name == "output.weight");
        Golden.Closeness.AssertClose((ReadOnlySpan<float>)head.In(plain.AsSpan()), head.In(mixed.AsSpan()), 1e-5, "head");
        (mixout as IDisposable)!.Dispose();
    }
}
