using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Trainers;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Training;

/// <summary>What the history tells about weights.</summary>
[TestClass]
public sealed class HistoryTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void The_last_epoch_tells_the_norms_of_the_models_weights()
    {
        var options = SmallNetwork.Options with
        {
            Architecture = NetworkArchitecture.Mlp(12, 8) with { Normalization = Normalization.Batch },
            Schedule = new StepSchedule { EveryEpochs = 5, Factor = 0.5 },
        };
        var model = SmallNetwork.Fit(_ml, options, _ml.Data.LoadFromEnumerable(Example.Clusters(130))).Model;
        var last = model.History.Epochs[^1];
        var matrices = model.Weights.Where(tensor => tensor.Shape.Count == 2).ToList();
        Assert.AreEqual(Math.Sqrt(matrices.Sum(SquaredNorm)), last.WeightNorm, 1e-4);
        CollectionAssert.AreEqual(new[] { "hidden.0.linear.weight", "hidden.1.linear.weight" }, last.NormalizedLayers.Select(layer => layer.Name).ToList());
        foreach (var layer in last.NormalizedLayers)
        {
            var square = SquaredNorm(matrices.Single(matrix => matrix.Name == layer.Name));
            Assert.AreEqual(Math.Sqrt(square), layer.WeightNorm, 1e-5);
            Assert.AreEqual(0.01 * 0.25 / square, layer.EffectiveLearningRate, 1e-6);
        }

        Assert.AreEqual(3, last.Steps);
        Assert.IsGreaterThan(0, last.Seconds);

        static double SquaredNorm(NetworkTensor tensor) => tensor.Values.ToArray().Sum(value => (double)value * value);
    }

    [TestMethod]
    [DataRow(Normalization.Batch)]
    [DataRow(Normalization.Layer)]
    public void Scaling_the_weights_before_a_normalization_scales_nothing_but_their_gradient(Normalization normalization)
    {
        // van Laarhoven: f(c w) = f(w), so the gradient at c w is that at w over c, and a step of rate r at c w turns the weights as one of r / c^2 at w.
        const float factor = 4;
        using var scope = torch.NewDisposeScope();
        using var network = (NetworkArchitecture.Mlp(16) with { Normalization = normalization })
            .CreateNetwork(5, 3, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        var name = network.NormalizedWeights.Single();
        var weight = network.named_parameters().Single(named => named.name == name).parameter;
        var input = torch.linspace(-2, 3, 60).view(12, 5).sin() * 20;
        var targets = torch.eye(3).repeat(4, 1);

        var (output, gradient) = Pass();
        using (torch.no_grad())
            weight.mul_(factor);
        var (scaledOutput, scaledGradient) = Pass();
        Closeness.AssertClose(output, scaledOutput, 1e-4, "output");
        Closeness.AssertClose(gradient, [.. scaledGradient.Select(value => value * factor)], 2e-4, "gradient");

        (float[] Output, float[] Gradient) Pass()
        {
            weight.grad = null;
            var result = network.forward(input);
            new CrossEntropyObjective().Sum(result, targets, torch.full(12, 1f / 12)).backward();
            return (result.data<float>().ToArray(), weight.grad!.data<float>().ToArray());
        }
    }
}
