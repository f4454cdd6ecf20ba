using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Randomness;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Regularizers;

[TestClass]
public sealed class GaussianDropoutLayerTests
{
    [TestMethod]
    public void Its_gradient_is_right()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = new GaussianDropoutLayer(new GaussianDropout(0.3), RandomKey.FromSeed(5), new TrainingClock());
        GradientCheck.AssertRight(layer, torch.linspace(-1, 1, 60).view(6, 10));
    }

    [TestMethod]
    [DataRow(0.1)]
    [DataRow(0.5)]
    public void Outputs_have_the_input_as_mean_and_the_moments_of_dropout(double drop)
    {
        const int count = 200_000;
        using var scope = torch.NewDisposeScope();
        using var layer = new GaussianDropoutLayer(new GaussianDropout(drop), RandomKey.FromSeed(5), new TrainingClock());
        var (mean, variance) = GoodnessOfFit.Moments([.. layer.forward(torch.full(count, -3f)).data<float>().Select(value => (double)value)]);
        var expected = 9 * drop / (1 - drop);
        Assert.AreEqual(-3, mean, 4.5 * Math.Sqrt(expected / count));
        Assert.AreEqual(expected, variance, 4.5 * expected * Math.Sqrt(2.0 / count));
    }
}
