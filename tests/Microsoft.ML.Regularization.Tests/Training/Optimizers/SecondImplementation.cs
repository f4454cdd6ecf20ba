using Microsoft.ML.Regularization.Tests.Golden;
using TorchSharp;
using TorchSharp.Modules;

namespace Microsoft.ML.Regularization.Tests.Training.Optimizers;

/// <summary>Compares an optimizer with TorchSharp's own.</summary>
internal static class SecondImplementation
{
    private const int Length = 37;
    private const double LearningRate = 0.02;

    /// <summary>Both take thirty steps down a bent and noisy slope; theirs decays the weights by hand, before each step.</summary>
    public static void AssertFollows(Func<IEnumerable<Parameter>, double, torch.optim.Optimizer> create, Optimizer optimizer, bool useSpans, double weightDecay)
    {
        using var scope = torch.NewDisposeScope();
        var random = new Random(3);
        float[] initial = [.. Enumerable.Range(0, Length).Select(_ => random.NextSingle() * 4 - 2)];
        var parameter = new Parameter(torch.tensor(initial.ToArray()));
        using var theirs = create([parameter], LearningRate);
        using var ours = new LinearNetwork(initial, optimizer, RegularizationRecipe.None with { WeightDecay = weightDecay }, useSpans);
        for (var step = 1; step <= 30; step++)
        {
            var before = parameter.data<float>().ToArray();
            float[] gradients = [.. before.Select((weight, i) => MathF.Sin(i) * (weight - 1) + random.NextSingle() - 0.5f)];
            using (torch.no_grad())
                parameter.mul_(1 - LearningRate * weightDecay);
            parameter.grad = torch.tensor(gradients.ToArray());
            theirs.step();
            ours.Step(gradients, LearningRate);
            Closeness.AssertClose(parameter.data<float>().ToArray(), ours.Weights, 5e-6, $"{optimizer}, decay {weightDecay}, step {step}");
        }

        Assert.IsGreaterThan(0.1, initial.Zip(parameter.data<float>().ToArray(), (a, b) => Math.Abs(a - b)).Average(), "the steps go somewhere");
    }
}
