using Microsoft.ML.Regularization.Tests.Golden;
using TorchSharp;
using static Microsoft.ML.Regularization.Tests.Networks.Recurrent.RecurrentNetworks;

namespace Microsoft.ML.Regularization.Tests.Networks.Recurrent;

/// <summary>Gradients of recurrent networks, against finite differences and over many steps.</summary>
[TestClass]
public sealed class RecurrentGradientTests
{
    [TestMethod]
    [DynamicData(nameof(Shapes), typeof(RecurrentNetworks))]
    public void Gradients_are_right(RecurrentArchitecture architecture)
    {
        using var scope = torch.NewDisposeScope();
        using var network = Create(architecture with { HiddenSize = 2 }, Numbers);
        GradientCheck.AssertRight(network, Rows(2, 15));
    }

    [TestMethod]
    [DynamicData(nameof(Kinds), typeof(RecurrentNetworks))]
    public void Gradients_are_right_under_masks_and_on_texts(RecurrentArchitecture architecture)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var dropout in new Dropout[] { new StandardDropout(0.3), new DropConnect(0.4) })
        {
            using var network = Create(architecture with { HiddenSize = 3, Layers = 2, Bidirectional = true, EmbeddingSize = 2 }, Text, dropout);
            network.to(torch.ScalarType.Float64);
            var tokens = Tokens([2, 5, 3], [7], [4, 6]);
            var padding = network.get_parameter("embedding.weight")!;
            network.train();
            GradientCheck.AssertRight(
                () => (network.forward(tokens) * torch.arange(6, dtype: torch.ScalarType.Float64).cos().view(3, 2)).sum(),
                [.. network.named_parameters().Select(named => (named.name, (torch.Tensor)named.parameter))]);
            Assert.AreEqual(0, padding[TextInput.Padding].abs().sum().item<double>());
        }
    }

    /// <summary>Single precision has a kernel of its own, which double precision's finite differences do not reach.</summary>
    [TestMethod]
    [DynamicData(nameof(Shapes), typeof(RecurrentNetworks))]
    public void Gradients_of_single_precision_are_those_of_double(RecurrentArchitecture architecture)
    {
        using var scope = torch.NewDisposeScope();
        var gradients = new List<float[]>();
        foreach (var type in new[] { torch.ScalarType.Float32, torch.ScalarType.Float64 })
        {
            using var network = Create(architecture, Numbers);
            network.to(type);
            using var pass = network.Begin(isTraining: true);
            network.forward(Rows(6, 15).to(type)).square().sum().backward();
            gradients.Add([.. network.parameters().SelectMany(parameter => parameter.grad!.to(torch.ScalarType.Float32).data<float>().ToArray())]);
        }

        Closeness.AssertClose(gradients[1], gradients[0], 1e-5, "gradients");
    }

    [TestMethod]
    public void The_forget_bias_carries_gradients_over_fifty_steps()
    {
        var withBias = FirstStepGradient(1);
        var without = FirstStepGradient(0);
        Assert.IsGreaterThan(1e-9, withBias);
        Assert.IsGreaterThan(1e5 * without, withBias);

        // Forget gates of sigmoid(1) = 0.73 against 0.5 at each of 49 steps: about 1.46^49 = 1.2e8 times as much.
        static double FirstStepGradient(double forgetBias)
        {
            using var scope = torch.NewDisposeScope();
            using var network = Create(NetworkArchitecture.Lstm(16) with { ForgetBias = forgetBias }, new InputLayout { Numbers = 50, Steps = 50 });
            using var pass = network.Begin(isTraining: true);
            var rows = Rows(4, 50).requires_grad_();
            network.forward(rows).sum().backward();
            return rows.grad![.., 0].abs().sum().item<float>();
        }
    }
}
