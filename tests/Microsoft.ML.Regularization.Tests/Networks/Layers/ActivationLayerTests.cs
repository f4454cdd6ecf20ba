using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Networks.Scorers;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.Layers;

[TestClass]
public sealed class ActivationLayerTests
{
    [TestMethod]
    [DataRow(Activation.ReLU)]
    [DataRow(Activation.GELU)]
    [DataRow(Activation.SiLU)]
    [DataRow(Activation.Tanh)]
    [DataRow(Activation.SELU)]
    [DataRow(Activation.Mish)]
    public void It_is_the_documented_function(Activation activation)
    {
        using var scope = torch.NewDisposeScope();
        var input = torch.linspace(-6, 6, 241);
        var expected = input.data<float>().Select(x => ActivationFunctionTests.ClosedForm(activation, x)).ToArray();

        Closeness.AssertClose(expected, ActivationLayer.Apply(activation, input).data<float>().ToArray(), 1e-6, activation.ToString());
    }

    [TestMethod]
    [DataRow(Activation.ReLU, true)]
    [DataRow(Activation.GELU, false)]
    [DataRow(Activation.Tanh, false)]
    public void Overwriting_gives_the_same_and_takes_the_memory_where_the_activation_allows_it(Activation activation, bool isOverwritten)
    {
        using var scope = torch.NewDisposeScope();
        var input = torch.linspace(-6, 6, 241);
        var expected = ActivationLayer.Apply(activation, input).data<float>().ToArray();

        var actual = ActivationLayer.Overwrite(activation, input);

        CollectionAssert.AreEqual(expected, actual.data<float>().ToArray());
        Assert.AreEqual(isOverwritten, input[0].item<float>() == 0);
    }

    [TestMethod]
    public void An_unknown_activation_is_refused()
    {
        using var input = torch.ones(1);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ActivationLayer.Apply((Activation)9, input));
    }

    [TestMethod]
    public void Weights_before_selu_start_at_the_variance_of_one_over_the_inputs() => Assert.AreEqual(1, ActivationLayer.Gain(Activation.SELU));

    // The mean square of relu(g z) is g^2 / 2 for a standard normal z.
    [TestMethod]
    public void The_gain_of_relu_keeps_the_mean_square() => Assert.AreEqual(2, Math.Pow(ActivationLayer.Gain(Activation.ReLU), 2), 1e-12);
}
