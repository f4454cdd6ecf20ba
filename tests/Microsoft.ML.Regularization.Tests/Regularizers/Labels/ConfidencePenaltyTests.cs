using Microsoft.ML.Regularization.Tests.Trainers;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Regularizers;

[TestClass]
public sealed class ConfidencePenaltyTests
{
    private const int Rows = 4;
    private const int Classes = 5;

    [TestMethod]
    public void Loss_and_gradient_are_those_of_cross_entropy_minus_beta_times_entropy()
    {
        const double beta = 0.7;
        var random = new Random(1);
        var logits = Enumerable.Range(0, Rows * Classes).Select(_ => random.NextDouble() * 6 - 3).ToArray();
        var targets = Enumerable.Range(0, Rows).SelectMany(_ => Distribution(random)).ToArray();
        double[] factors = [0.1, 0.4, 0.3, 0.2];

        using var scope = torch.NewDisposeScope();
        var input = torch.tensor(logits, [Rows, Classes], requires_grad: true);
        var loss = new CrossEntropyObjective(beta).Sum(input, torch.tensor(targets, [Rows, Classes]), torch.tensor(factors));
        loss.backward();
        Assert.AreEqual(Loss(logits, targets, factors, beta), loss.item<double>(), 1e-12);

        const double step = 1e-5;
        var gradient = input.grad!.data<double>().ToArray();
        for (var i = 0; i < logits.Length; i++)
        {
            var (up, down) = (logits.ToArray(), logits.ToArray());
            up[i] += step;
            down[i] -= step;
            Assert.AreEqual((Loss(up, targets, factors, beta) - Loss(down, targets, factors, beta)) / (2 * step), gradient[i], 1e-9);
        }
    }

    [TestMethod]
    public void A_network_under_it_is_less_sure()
    {
        var plain = MeanEntropy(0);
        var penalized = MeanEntropy(0.5);
        Assert.IsGreaterThan(plain + 0.2, penalized);
        Assert.IsGreaterThan(penalized, MeanEntropy(2));
    }

    private static double MeanEntropy(double beta)
    {
        var ml = new MLContext(seed: 1);
        var view = ml.Data.LoadFromEnumerable(Example.Clusters(150));
        var model = ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            Architecture = NetworkArchitecture.Mlp(16),
            Recipe = RegularizationRecipe.None with { ConfidencePenalty = beta },
            LearningRate = 0.01,
            MaxEpochs = 30,
        }).Fit(view);
        return SmallNetwork.Scores(model.Transform(view)).Average(score => -score.Sum(p => p > 0 ? p * Math.Log(p) : 0));
    }

    private static double Loss(double[] logits, double[] targets, double[] factors, double beta)
    {
        var loss = 0.0;
        for (var row = 0; row < Rows; row++)
        {
            var z = logits[(row * Classes)..((row + 1) * Classes)];
            var normalizer = Math.Log(z.Sum(Math.Exp));
            var entropy = -z.Sum(value => Math.Exp(value - normalizer) * (value - normalizer));
            var crossEntropy = -z.Select((value, k) => targets[row * Classes + k] * (value - normalizer)).Sum();
            loss += factors[row] * (crossEntropy - beta * entropy);
        }

        return loss;
    }

    private static double[] Distribution(Random random)
    {
        var values = Enumerable.Range(0, Classes).Select(_ => random.NextDouble()).ToArray();
        return [.. values.Select(value => value / values.Sum())];
    }
}
