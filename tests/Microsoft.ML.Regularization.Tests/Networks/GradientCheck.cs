using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks;

/// <summary>Compares gradients with finite differences, in double precision.</summary>
internal static class GradientCheck
{
    private const double Step = 1e-5;

    /// <param name="loss">A number; the same for the same values, whatever noise is in it.</param>
    /// <param name="variables">What it is differentiated by, of float64.</param>
    public static void AssertRight(Func<torch.Tensor> loss, params (string Name, torch.Tensor Value)[] variables)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var (_, value) in variables)
            value.grad?.zero_();
        loss().backward();
        foreach (var (name, value) in variables)
        {
            Assert.AreEqual(torch.ScalarType.Float64, value.dtype, name);
            var gradient = value.grad!.flatten().data<double>().ToArray();
            Assert.IsGreaterThan(0, gradient.Max(Math.Abs), $"{name} has a gradient");
            for (var i = 0; i < gradient.Length; i++)
            {
                var expected = (LossAt(value, i, Step) - LossAt(value, i, -Step)) / (2 * Step);
                Assert.AreEqual(expected, gradient[i], 1e-6 * Math.Max(1, Math.Abs(expected)), $"{name}, element {i}");
            }
        }

        double LossAt(torch.Tensor value, int index, double step)
        {
            using var _ = torch.no_grad();
            using var element = value.view(-1).narrow(0, index, 1);
            element.add_(step);
            var result = loss().item<double>();
            element.sub_(step);
            return result;
        }
    }

    /// <summary>Of all parameters of a module and of its input, for an output that is weighed element by element.</summary>
    public static void AssertRight(torch.nn.Module<torch.Tensor, torch.Tensor> module, torch.Tensor input)
    {
        using var scope = torch.NewDisposeScope();
        module.to(torch.ScalarType.Float64);
        var x = input.to(torch.ScalarType.Float64).detach().clone().requires_grad_();
        AssertRight(
            () =>
            {
                var output = module.forward(x);
                return (output * torch.arange(output.numel(), dtype: torch.ScalarType.Float64).sin().view(output.shape)).sum();
            },
            [.. module.named_parameters().Select(named => (named.name, (torch.Tensor)named.parameter)), ("input", x)]);
    }
}
