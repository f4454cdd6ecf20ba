using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tests.Networks.Layers;

/// <summary>A convolution with a batch normalization behind it: one convolution at scoring, which gives what both give.</summary>
[TestClass]
public sealed class NormalizedConvolutionTests
{
    [TestMethod]
    [DataRow(true, 1)]
    [DataRow(false, 2)]
    public void At_scoring_it_is_what_both_layers_give(bool hasBias, int stride)
    {
        using var scope = NewDisposeScope();
        var (convolution, normalization, input) = Make(hasBias, stride);
        convolution.eval();
        normalization.eval();

        using var _ = no_grad();
        var expected = normalization.forward(convolution.forward(input));
        var actual = convolution.Forward(input, normalization);

        Assert.IsLessThan(1e-5f, (expected - actual).abs().max().item<float>());
        Assert.IsGreaterThan(0.1f, expected.std().item<float>());
    }

    [TestMethod]
    public void With_gradients_and_in_training_the_layers_stay_apart()
    {
        using var scope = NewDisposeScope();
        var (convolution, normalization, input) = Make(hasBias: false, stride: 1);
        normalization.eval();

        // Statistics that are frozen while kernels learn: the gradient is that of both layers.
        convolution.Forward(input, normalization).sum().backward();
        var gradient = convolution.get_parameter("weight")!.grad!.clone();
        convolution.zero_grad();
        normalization.forward(convolution.forward(input)).sum().backward();
        Assert.IsTrue(gradient.equal(convolution.get_parameter("weight")!.grad!).all().item<bool>());

        normalization.train();
        var before = normalization.RunningMean.clone();
        using var _ = no_grad();
        convolution.Forward(input, normalization);
        Assert.IsFalse(before.equal(normalization.RunningMean).all().item<bool>());
    }

    [TestMethod]
    public void Without_a_normalization_it_is_the_convolution()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var (convolution, _, input) = Make(hasBias: true, stride: 1);

        Assert.IsTrue(convolution.forward(input).equal(convolution.Forward(input, normalization: null)).all().item<bool>());
    }

    private static (ConvolutionLayer Convolution, BatchNormLayer Normalization, Tensor Input) Make(bool hasBias, int stride)
    {
        random.manual_seed(1);
        var convolution = new ConvolutionLayer(randn(5, 3, 3, 3), hasBias ? randn(5) : null, stride, mask: null);
        var normalization = new BatchNormLayer(5);
        using (no_grad())
        {
            normalization.get_parameter("weight")!.copy_(rand(5) + 0.5);
            normalization.get_parameter("bias")!.copy_(randn(5));
            normalization.RunningMean.copy_(randn(5));
            normalization.RunningVariance.copy_(20 * rand(5) + 1);
        }

        return (convolution, normalization, randn(4, 3, 8, 8));
    }
}
