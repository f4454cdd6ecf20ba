using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Regularizers.Tuning;

[TestClass]
public sealed class StartingPointPenaltyTests
{
    private const double Body = 0.3;
    private const double Head = 0.07;

    /// <summary>Of <c>Body / 2 |w - w0|^2</c> over the matrices of the body, or over all weights where none is new, and <c>Head / 2 |w|^2</c> over the matrices of the head.</summary>
    [TestMethod]
    [DataRow(true, true)]
    [DataRow(false, true)]
    [DataRow(true, false)]
    [DataRow(false, false)]
    public void The_gradient_is_that_of_the_formula(bool useSpans, bool isHeadNew)
    {
        using var network = NetworkArchitecture.Mlp(50, 40).CreateNetwork(30, 3, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        using var parameters = new FlatParameters(network, useSpans);
        var start = Copy(network);
        using var penalty = new StartingPointPenalty(new FineTuning { StartingPointPenalty = Body, HeadPenalty = Head }, parameters, isHeadNew);

        // Nothing pulls where training starts, but on the head.
        penalty.AddGradient();
        foreach (var (name, parameter) in network.named_parameters())
            Assert.AreEqual(name == "output.weight", parameter.grad!.abs().max().item<float>() > 0, name);

        parameters.ClearGradients();
        using (torch.no_grad())
        {
            foreach (var (_, parameter) in network.named_parameters())
                parameter.add_(torch.arange(parameter.numel(), dtype: torch.ScalarType.Float32).cos().view(parameter.shape));
        }

        penalty.AddGradient();

        foreach (var (name, parameter) in network.named_parameters())
        {
            var (weights, gradient) = (parameter.data<float>().ToArray(), parameter.grad!.contiguous().data<float>().ToArray());
            for (var i = 0; i < weights.Length; i++)
            {
                var isHead = name == "output.weight";
                var isPulled = !isHeadNew || (name.EndsWith("weight", StringComparison.Ordinal) && !isHead);
                var expected = (isHead ? Head * weights[i] : 0) + (isPulled ? Body * (weights[i] - (double)start[name][i]) : 0);
                Assert.AreEqual(expected, gradient[i], 1e-6, $"{name}, element {i}");
            }
        }
    }

    /// <summary>A quadratic loss with the penalty has its minimum between that of the loss and the starting point.</summary>
    [TestMethod]
    public void Training_ends_between_the_minimum_and_the_start()
    {
        using var network = NetworkArchitecture.Mlp(4).CreateNetwork(3, 1, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        using var parameters = new FlatParameters(network);
        var start = Copy(network)["hidden.0.linear.weight"];
        using var penalty = new StartingPointPenalty(new FineTuning { StartingPointPenalty = Body }, parameters);
        using var update = Optimizer.Sgd().CreateUpdate(parameters, default);
        var matrix = parameters.Matrices.Single(matrix => matrix.Name == "hidden.0.linear.weight");
        const double Curvature = 0.5, Minimum = 2;
        for (var step = 0; step < 500; step++)
        {
            parameters.ClearGradients();
            var weights = matrix.In(parameters.WeightSpan);
            var gradients = matrix.In(parameters.GradientSpan);
            for (var i = 0; i < weights.Length; i++)
                gradients[i] = (float)(Curvature * (weights[i] - Minimum));
            penalty.AddGradient();
            update.Step(0.1);
        }

        for (var i = 0; i < start.Length; i++)
            Assert.AreEqual((Curvature * Minimum + Body * start[i]) / (Curvature + Body), matrix.In(parameters.WeightSpan)[i], 1e-5);
    }

    private static Dictionary<string, float[]> Copy(Network network) =>
        network.named_parameters().ToDictionary(named => named.name, named => named.parameter.data<float>().ToArray());
}
