using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Randomness;

namespace Microsoft.ML.Regularization.Tests.Networks.Scorers;

[TestClass]
public sealed class ActivationFunctionTests
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
        var inputs = Enumerable.Range(-600, 1201).Select(i => i / 100f).ToArray();
        var outputs = inputs.ToArray();

        ActivationFunction.Apply(activation, outputs);

        Closeness.AssertClose([.. inputs.Select(x => ClosedForm(activation, x))], outputs, 1e-6, activation.ToString());
    }

    [TestMethod]
    [DataRow(Activation.ReLU, 0, 1000)]
    [DataRow(Activation.GELU, 0, 1000)]
    [DataRow(Activation.SiLU, 0, 1000)]
    [DataRow(Activation.Tanh, -1, 1)]
    [DataRow(Activation.SELU, -1.7580993408473766f, 1000 * 1.0507009873554805f)]
    [DataRow(Activation.Mish, 0, 1000)]
    public void Far_from_zero_it_has_its_limits(Activation activation, float left, float right)
    {
        var values = new[] { -1000f, 1000f };

        ActivationFunction.Apply(activation, values);

        CollectionAssert.AreEqual(new[] { left, right }, values);
    }

    [TestMethod]
    public void An_unknown_activation_is_refused() =>
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => ActivationFunction.Apply((Activation)9, new float[1]));

    [TestMethod]
    public void The_normal_distribution_has_the_published_error()
    {
        for (var x = -6.0; x <= 6; x += 0.001)
            Assert.AreEqual(GoodnessOfFit.NormalDistribution(x), ActivationFunction.NormalDistribution(x), 7.6e-8);
    }

    internal static double ClosedForm(Activation activation, double x) => activation switch
    {
        Activation.ReLU => x > 0 ? x : 0,
        Activation.GELU => x * GoodnessOfFit.NormalDistribution(x),
        Activation.SiLU => x / (1 + Math.Exp(-x)),
        Activation.Tanh => Math.Tanh(x),
        Activation.SELU => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.Exp(x) - 1)),
        Activation.Mish => x * Math.Tanh(Math.Log(1 + Math.Exp(x))),
        _ => throw new ArgumentOutOfRangeException(nameof(activation)),
    };
}
