using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Training.Gradients;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Regularizers;

[TestClass]
public sealed class AdversarialGradientTests
{
    private static readonly AdversarialTraining[] Attacks =
    [
        AdversarialTraining.Fgsm(0.2), AdversarialTraining.Pgd(0.2), AdversarialTraining.Pgd(0.2, randomStart: false),
        AdversarialTraining.Pgd(0.2, stepSize: 2, norm: AdversarialNorm.L2),
    ];

    /// <summary>
    /// Of a linear model the worst within reach is known: the margin less epsilon times the weights' dual norm. All attacks find it.
    /// </summary>
    [TestMethod]
    [DataRow(0.5)]
    [DataRow(0.3)]
    [DataRow(1.0)]
    public void Loss_and_gradient_of_a_linear_model_are_those_of_the_worst_rows(double weight)
    {
        foreach (var attack in Attacks)
        {
            var random = new Random(2);
            float[][] features = [.. Enumerable.Range(0, 6).Select(_ => Enumerable.Range(0, 3).Select(_ => random.NextSingle() * 2 - 1).ToArray())];
            float[][] targets = [.. Enumerable.Range(0, 6).Select(row => row % 2 == 0 ? new float[] { 1, 0 } : [0, 1])];
            using var bench = new GradientBench(NetworkArchitecture.Mlp(), new CrossEntropyObjective(), features, targets, outputs: 1);
            var (loss, gradient) = bench.Take(RegularizationRecipe.None with { AdversarialTraining = attack with { Weight = weight } });

            // Three weights, then the bias on the next cache line.
            var flat = bench.Parameters.WeightSpan.ToArray();
            double[] point = [flat[0], flat[1], flat[2], flat[16]];
            Assert.AreEqual(Loss(point), loss, 1e-5, attack.ToString());
            foreach (var (i, place) in new[] { (0, 0), (1, 1), (2, 2), (3, 16) })
            {
                var (up, down) = (point.ToArray(), point.ToArray());
                up[i] += 1e-6;
                down[i] -= 1e-6;
                Assert.AreEqual((Loss(up) - Loss(down)) / 2e-6, gradient[place], 2e-4, $"{attack}, {i}");
            }

            double Loss(double[] w)
            {
                var dual = attack is PgdTraining { Norm: AdversarialNorm.L2 } ? Math.Sqrt(w[..3].Sum(x => x * x)) : w[..3].Sum(Math.Abs);
                var sum = 0.0;
                for (var row = 0; row < 6; row++)
                {
                    var margin = (row % 2 == 0 ? -1 : 1) * (w[3] + w[..3].Zip(features[row], (a, b) => a * b).Sum());
                    var clean = Math.Log(1 + Math.Exp(-margin));
                    var attacked = Math.Log(1 + Math.Exp(-margin + 0.2 * dual));
                    sum += GradientBench.FactorOf(row) * ((1 - weight) * clean + weight * attacked);
                }

                return sum;
            }
        }
    }

    /// <summary>However many passes a step takes, the divergence of variational dropout is in its gradient once.</summary>
    [TestMethod]
    public void The_networks_penalty_counts_once()
    {
        var recipe = RegularizationRecipe.None with { Dropout = new VariationalDropout { WarmUpEpochs = 0 } };
        using var bench = GradientBench.OfClasses(NetworkArchitecture.Mlp(5), recipe);
        bench.Network.Clock.Rows = 9;

        // Rows that weigh nothing leave the penalty alone.
        using var nothing = torch.zeros(9);
        var expected = Take(recipe);
        Assert.IsGreaterThan(0.1f, expected.Max(Math.Abs));
        foreach (var technique in new[]
        {
            recipe with { AdversarialTraining = AdversarialTraining.Fgsm(0.1) }, recipe with { AdversarialTraining = AdversarialTraining.Fgsm(0.1) with { Weight = 1 } },
            recipe with { AdversarialTraining = AdversarialTraining.Pgd(0.1, steps: 2) }, recipe with { ManifoldMixup = new ManifoldMixup() },
        })
        {
            Closeness.AssertClose(expected, Take(technique), 1e-6, technique.ToString());
        }

        float[] Take(RegularizationRecipe own)
        {
            using var pass = bench.Network.Begin(isTraining: true);
            bench.Network.Clock.Step = 1;
            bench.Parameters.ClearGradients();
            bench.Create(own).Add(bench.Batch with { RowFactors = nothing });
            return bench.Parameters.GradientSpan.ToArray();
        }
    }

    /// <summary>The gradient that the clean pass leaves at the features is the one that a pass for it alone finds.</summary>
    [TestMethod]
    public void Fast_gradients_are_reused_without_a_difference()
    {
        var recipe = RegularizationRecipe.None with { Dropout = 0.3 };
        using var bench = GradientBench.OfClasses(NetworkArchitecture.Mlp(8) with { Activation = Activation.GELU }, recipe);
        var fgsm = new FgsmTraining(0.1);
        var (loss, gradient) = bench.Take(RegularizationRecipe.None with { AdversarialTraining = fgsm });

        var (clean, cleanGradient) = bench.Take(RegularizationRecipe.None);
        using var scope = torch.NewDisposeScope();
        using var pass = bench.Network.Begin(isTraining: true);
        bench.Parameters.ClearGradients();
        var attacked = new FgsmAttack(bench.Passes, fgsm).Attack(bench.Batch, cleanGradient: null);
        Assert.IsTrue(bench.Parameters.GradientSpan.ToArray().All(value => value == 0), "the attack leaves the parameters' gradients alone");
        var worse = bench.Passes.Add(bench.Batch with { Features = attacked });
        Assert.IsGreaterThan(clean, worse);
        Assert.AreEqual((clean + worse) / 2, loss, 1e-6);
        var expected = cleanGradient.Zip(bench.Parameters.GradientSpan.ToArray(), (a, b) => ((double)a + b) / 2).ToArray();
        Closeness.AssertClose(expected, gradient, 1e-6, "gradient");
    }

    [TestMethod]
    public void Running_statistics_are_those_of_the_rows_unless_attacked_rows_are_all()
    {
        foreach (var attack in Attacks)
        {
            var plain = After(RegularizationRecipe.None);
            CollectionAssert.AreEqual(plain, After(RegularizationRecipe.None with { AdversarialTraining = attack }), attack.ToString());
            CollectionAssert.AreEqual(
                plain, After(RegularizationRecipe.None with { AdversarialTraining = attack, SharpnessAware = new() }), attack.ToString());
            var alone = After(RegularizationRecipe.None with { AdversarialTraining = attack with { Weight = 1 } });
            CollectionAssert.AreNotEqual(plain, alone);

            // One move by a tenth from variances of 1: two would have left at most 0.81 of it.
            Assert.IsTrue(alone.Skip(4).Take(4).All(variance => variance > 0.9));
        }

        static float[] After(RegularizationRecipe recipe)
        {
            using var bench = GradientBench.OfClasses(NetworkArchitecture.Mlp(4) with { Normalization = Normalization.Batch });
            bench.Take(recipe);
            return bench.Statistics();
        }
    }

    /// <summary>
    /// One feature tells the class roughly and strongly; nine tell it together nearly surely, but each by so little that an attack turns it round. Plain
    /// training goes for the nine (Tsipras et al., "Robustness may be at odds with accuracy", 2019).
    /// </summary>
    [TestMethod]
    public void A_model_trained_so_withstands_attacks()
    {
        var ml = new MLContext(seed: 1);
        var random = new Random(3);
        var rows = Enumerable.Range(0, 600).Select(id =>
        {
            var sign = id % 2 == 0 ? 1 : -1;
            return new Row { Label = sign > 0, Features = [.. Enumerable.Range(0, 10).Select(i => (float)(i == 0 ? sign + Normal() : 0.15 * sign + 0.15 * Normal()))] };
        }).ToList();
        var (plainClean, plainAttacked) = Accuracies(RegularizationRecipe.None);
        Assert.IsGreaterThan(0.95, plainClean);
        Assert.IsLessThan(0.3, plainAttacked);
        foreach (var attack in new AdversarialTraining[] { AdversarialTraining.Fgsm(0.3), AdversarialTraining.Pgd(0.3) })
        {
            var (clean, attacked) = Accuracies(RegularizationRecipe.None with { AdversarialTraining = attack });
            Assert.IsGreaterThan(0.65, attacked, attack.ToString());
            Assert.IsGreaterThan(attacked, clean);
        }

        (double Clean, double Attacked) Accuracies(RegularizationRecipe recipe)
        {
            var model = ml.BinaryClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
            {
                Architecture = NetworkArchitecture.Mlp(),
                Recipe = recipe,
                InputScaling = InputScaling.None,
                LearningRate = 0.02,
                MaxEpochs = 100,
                BatchSize = 100,
                ValidationFraction = 0,
            }).Fit(ml.Data.LoadFromEnumerable(rows));
            var network = model.GetNeuralNetwork();
            var weight = network.Weights.Single(tensor => tensor.Name == "output.weight").Values.ToArray();
            var bias = network.Weights.Single(tensor => tensor.Name == "output.bias").Values.ToArray()[0];
            var margins = rows.ConvertAll(row => (row.Label ? 1 : -1) * (bias + weight.Zip(row.Features, (a, b) => a * b).Sum()));
            var reach = 0.3 * weight.Sum(Math.Abs);
            return (margins.Average(margin => margin > 0 ? 1.0 : 0), margins.Average(margin => margin - reach > 0 ? 1.0 : 0));
        }

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    private sealed class Row
    {
        [Microsoft.ML.Data.VectorType(10)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }
}
