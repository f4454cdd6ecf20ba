using Microsoft.ML.Regularization.Tests.Training.Gradients;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Regularizers.Pairs;

[TestClass]
public sealed class RDropTests
{
    private const double Weight = 1.7;

    private static readonly RegularizationRecipe Recipe = RegularizationRecipe.None with { Dropout = 0.4, RDrop = Weight };

    /// <summary>The mean of both losses and <c>Weight / 2 (KL(p, q) + KL(q, p))</c>, of the predictions that two halves of one batch have.</summary>
    [TestMethod]
    [DataRow(3)]
    [DataRow(1)]
    public void Loss_and_gradient_are_those_of_the_formula(int outputs)
    {
        var rows = Example.Clusters(9);
        float[][] targets = [.. rows.Select(row => outputs == 1 ? [row.Soft[0], 1 - row.Soft[0]] : row.Soft)];
        using var bench = new GradientBench(
            NetworkArchitecture.Mlp(7) with { Activation = Activation.GELU }, new CrossEntropyObjective(), [.. rows.Select(row => row.Features)], targets, outputs, Recipe);

        var (loss, gradient) = bench.Take(Recipe, step: 3);

        Assert.AreEqual(Formula(), loss, 1e-5);
        foreach (var place in Enumerable.Range(0, gradient.Length).Where(place => place % 7 == 0 && gradient[place] != 0))
        {
            const float step = 5e-3f;
            var before = bench.Parameters.WeightSpan[place];
            bench.Parameters.WeightSpan[place] = before + step;
            var above = Formula();
            bench.Parameters.WeightSpan[place] = before - step;
            var below = Formula();
            bench.Parameters.WeightSpan[place] = before;
            Assert.AreEqual((above - below) / (2 * step), gradient[place], 2e-3 + 0.02 * Math.Abs(gradient[place]), $"weight {place}");
        }

        double Formula()
        {
            using var pass = bench.Network.Begin(isTraining: true);
            var features = bench.Batch.Features;
            float[] computed = bench.Network.forward(torch.cat([features, features])).data<float>().ToArray();
            var sum = 0.0;
            for (var row = 0; row < rows.Count; row++)
            {
                var (p, q) = (Probabilities(computed, row), Probabilities(computed, rows.Count + row));
                for (var k = 0; k < p.Length; k++)
                {
                    sum += GradientBench.FactorOf(row) * -targets[row][k] * (Math.Log(p[k]) + Math.Log(q[k])) / 2;
                    sum += GradientBench.FactorOf(row) * Weight / 2 * (p[k] * Math.Log(p[k] / q[k]) + q[k] * Math.Log(q[k] / p[k]));
                }
            }

            return sum;
        }

        double[] Probabilities(float[] computed, int row)
        {
            double[] powers = outputs == 1 ? [1, Math.Exp(computed[row])] : [.. computed.AsSpan(row * outputs, outputs).ToArray().Select(output => Math.Exp(output))];
            return [.. powers.Select(power => power / powers.Sum())];
        }
    }

    /// <summary>Mixed rows have the same partner and the same mixture in both halves.</summary>
    [TestMethod]
    public void Without_a_difference_in_noise_it_is_the_gradient_of_one_pass()
    {
        using var bench = GradientBench.OfClasses(NetworkArchitecture.Mlp(6));
        foreach (var recipe in new[]
        {
            RegularizationRecipe.None, RegularizationRecipe.None with { ManifoldMixup = new() }, RegularizationRecipe.None with { AdversarialTraining = AdversarialTraining.Fgsm(0.1) },
            RegularizationRecipe.None with { SharpnessAware = new() },
        })
        {
            var (loss, plain) = bench.Take(recipe, step: 5);
            var (same, gradient) = bench.Take(recipe with { RDrop = Weight }, step: 5);
            Assert.AreEqual(loss, same, 1e-5);
            Golden.Closeness.AssertClose(plain.AsSpan(), gradient, 1e-4, $"{recipe}");
        }
    }

    [TestMethod]
    public void Noise_that_rows_share_is_refused()
    {
        Refused(RegularizationRecipe.None with { RDrop = 1 }, "the recipe has none");
        Refused(Recipe with { Dropout = new DropConnect(0.3) }, "Dropout is");
        Refused(RegularizationRecipe.None with { RDrop = 1, StochasticDepth = new() }, "StochasticDepth is");
        Refused(Recipe with { RDrop = new RDrop(-1) }, "RDrop.Weight");
        (Recipe with { Dropout = new DropConnect(0.3) { PerExample = true } }).Validate();
        (RegularizationRecipe.None with { RDrop = 1, StochasticDepth = new() { Granularity = StochasticDepthGranularity.Row } }).Validate();

        static void Refused(RegularizationRecipe recipe, string fragment)
        {
            var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(recipe.Validate);
            Assert.Contains("RDrop", error.Message);
            Assert.Contains(fragment, error.Message);
        }
    }
}
