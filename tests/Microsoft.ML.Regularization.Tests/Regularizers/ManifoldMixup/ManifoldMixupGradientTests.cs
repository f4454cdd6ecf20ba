using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Randomness;
using Microsoft.ML.Regularization.Tests.Training.Gradients;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Regularizers;

[TestClass]
public sealed class ManifoldMixupGradientTests
{
    private static readonly MlpArchitecture Mlp = NetworkArchitecture.Mlp(8, 6) with { Activation = Activation.GELU };

    /// <summary>Where every unit is active, ReLU is linear, and so is the network.</summary>
    [TestMethod]
    public void In_a_linear_network_mixing_anywhere_is_mixing_the_input()
    {
        using var scope = torch.NewDisposeScope();
        using var bench = GradientBench.OfClasses(NetworkArchitecture.Mlp(8, 6));
        using (torch.no_grad())
        {
            foreach (var (name, parameter) in bench.Network.named_parameters())
            {
                if (name.StartsWith("hidden", StringComparison.Ordinal) && name.EndsWith("bias", StringComparison.Ordinal))
                    parameter.fill_(20);
            }
        }

        using var pass = bench.Network.Begin(isTraining: true);
        var mixing = new HiddenMixing(0, torch.tensor(new long[] { 4, 3, 2, 1, 0, 8, 7, 6, 5 }), 0.3);
        var expected = bench.Network.forward(mixing.Mix(bench.Batch.Features)).data<float>().ToArray();
        foreach (var state in Enumerable.Range(0, bench.Architecture.MixableStates))
        {
            bench.Network.Mixing = mixing with { State = state };
            Closeness.AssertClose(expected, bench.Network.forward(bench.Batch.Features).data<float>().ToArray(), 1e-5, $"layer {state}");
        }

        bench.Network.Mixing = mixing with { State = bench.Architecture.MixableStates };
        var unmixed = bench.Network.forward(bench.Batch.Features).data<float>().ToArray();
        bench.Network.Mixing = null;
        CollectionAssert.AreEqual(bench.Network.forward(bench.Batch.Features).data<float>().ToArray(), unmixed);
        CollectionAssert.AreNotEqual(expected, unmixed);
    }

    [TestMethod]
    public void In_a_network_that_is_not_linear_the_layer_matters()
    {
        using var scope = torch.NewDisposeScope();
        using var bench = GradientBench.OfClasses(Mlp);
        var losses = new[] { 0, 1, 2 }.Select(layer => bench.Take(RegularizationRecipe.None with { ManifoldMixup = new() { Layers = [layer] } }).Loss);
        CollectionAssert.AllItemsAreUnique(losses.ToList());
    }

    /// <summary>Mixed in one term, cross entropy is the sum over both targets by their parts and weights, also where rows weigh nothing.</summary>
    [TestMethod]
    public void The_loss_is_that_of_both_targets_by_their_parts()
    {
        using var scope = torch.NewDisposeScope();
        var random = new Random(1);
        var outputs = Random(6, 3).requires_grad_();
        var targets = torch.nn.functional.softmax(Random(6, 3), dim: 1);
        var factors = torch.tensor(new[] { 0.1f, 0.4f, 0, 0, 0.2f, 0 });
        var mixing = new HiddenMixing(0, torch.tensor(new long[] { 1, 0, 3, 5, 2, 4 }), 0.3);
        var (mixedTargets, mixedFactors) = ManifoldMixupGradient.Mix(mixing, targets, factors);
        foreach (var (objective, isLinear) in new (Objective, bool)[]
        {
            (new CrossEntropyObjective(new ConfidencePenalty(0.3)), true), (new SquaredObjective(), false),
        })
        {
            var (loss, gradient) = Differentiate(objective.Sum(outputs, mixedTargets, mixedFactors));
            var pair = objective.Sum(outputs, targets, factors) * 0.3
                + objective.Sum(outputs, targets.index_select(0, mixing.Partners), factors.index_select(0, mixing.Partners)) * 0.7;
            var (expectedLoss, expectedGradient) = Differentiate(pair);
            if (isLinear)
                Assert.AreEqual(expectedLoss, loss, 1e-6);
            Closeness.AssertClose(expectedGradient, gradient, 1e-6, "gradient");
        }

        (float Loss, float[] Gradient) Differentiate(torch.Tensor loss) =>
            (loss.item<float>(), torch.autograd.grad([loss], [outputs])[0].data<float>().ToArray());

        torch.Tensor Random(int rows, int columns) => torch.tensor(Enumerable.Range(0, rows * columns).Select(_ => random.NextSingle() * 4 - 2).ToArray(), [rows, columns]);
    }

    [TestMethod]
    public void Rows_that_weigh_nothing_are_neither_mixed_nor_partners()
    {
        using var scope = torch.NewDisposeScope();
        var factors = torch.tensor(new[] { 0.1f, 0.4f, 0, 0.2f, 0, 0, 0.3f });
        var mixing = new HiddenMixing(1, torch.tensor(new long[] { 1, 6, 3, 2, 5, 4, 0 }), 0.3);
        var left = ManifoldMixupGradient.LeaveOutWeightless(mixing, factors);
        CollectionAssert.AreEqual((long[])[1, 6, 2, 3, 4, 5, 0], left.Partners.data<long>().ToArray());
        Assert.AreEqual((1, 0.3), (left.State, left.Lambda));
    }

    [TestMethod]
    public void The_gradient_is_that_of_the_loss_it_reports()
    {
        var recipe = RegularizationRecipe.None with { Dropout = 0.3 };
        foreach (var layer in new[] { 0, 1, 2 })
        {
            using var bench = GradientBench.OfClasses(Mlp, recipe);
            var mixup = bench.Create(RegularizationRecipe.None with { ManifoldMixup = new() { Layers = [layer] } });
            var (_, gradient) = bench.Take(mixup);
            for (var i = 0; i < gradient.Length; i += 7)
            {
                const float step = 0.01f;
                var weight = bench.Parameters.WeightSpan[i];
                bench.Parameters.WeightSpan[i] = weight + step;
                var up = bench.Take(mixup).Loss;
                bench.Parameters.WeightSpan[i] = weight - step;
                var down = bench.Take(mixup).Loss;
                bench.Parameters.WeightSpan[i] = weight;

                // The gaps between parameters are no weights.
                Assert.AreEqual((up - down) / (2 * step), gradient[i], 3e-4, $"layer {layer}, element {i}");
            }
        }
    }

    [TestMethod]
    public void Steps_draw_layer_lambda_and_partners_as_the_paper_says()
    {
        using var scope = torch.NewDisposeScope();
        using var bench = GradientBench.OfClasses(Mlp);
        var draws = Draw(new ManifoldMixup(), 3000);
        Assert.IsLessThan(2.2, GoodnessOfFit.KolmogorovSmirnov(draws.Select(draw => draw.Lambda), x => x * x * (3 - 2 * x)));
        Assert.IsLessThan(3.5, GoodnessOfFit.UniformChiSquare([.. draws.CountBy(draw => draw.State).Select(count => (long)count.Value)]));
        CollectionAssert.AreEquivalent((int[])[0, 1, 2], draws.Select(draw => draw.State).Distinct().ToArray());
        CollectionAssert.AreEquivalent((int[])[2], Draw(new ManifoldMixup { Layers = [2] }, 20).Select(draw => draw.State).Distinct().ToArray());

        var partners = draws.ConvertAll(draw => draw.Partners.data<long>().ToArray());
        Assert.IsTrue(partners.All(permutation => permutation.Order().SequenceEqual([0, 1, 2, 3])));
        Assert.IsLessThan(3.5, GoodnessOfFit.UniformChiSquare([.. partners.CountBy(permutation => string.Join(' ', permutation)).Select(count => (long)count.Value)]));
        Assert.AreEqual(24, partners.Select(permutation => string.Join(' ', permutation)).Distinct().Count());

        var again = Draw(new ManifoldMixup(), 3000);
        CollectionAssert.AreEqual(draws.ConvertAll(draw => draw.Lambda), again.ConvertAll(draw => draw.Lambda));

        List<HiddenMixing> Draw(ManifoldMixup options, int count)
        {
            var gradient = new ManifoldMixupGradient(bench.Passes, options, 4, RandomKey.FromSeed(8));
            return [.. Enumerable.Range(0, count).Select(step => gradient.Draw(4, (ulong)step, torch.CPU))];
        }
    }

    [TestMethod]
    public void Without_hidden_layers_the_input_is_mixed()
    {
        Assert.AreEqual(1, NetworkArchitecture.Mlp().MixableStates);
        CollectionAssert.AreEqual((int[])[0], new ManifoldMixup().LayersOf(1).ToArray());
        CollectionAssert.AreEqual((int[])[0, 1], new ManifoldMixup().LayersOf(2).ToArray());
        CollectionAssert.AreEqual((int[])[0, 1, 2], new ManifoldMixup().LayersOf(9).ToArray());
    }
}
