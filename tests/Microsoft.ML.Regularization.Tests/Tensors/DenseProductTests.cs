using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tests.Tensors;

[TestClass]
public sealed class DenseProductTests
{
    [TestMethod]
    [DataRow(false, false, false)]
    [DataRow(true, false, false)]
    [DataRow(true, true, false)]
    [DataRow(false, false, true)]
    [DataRow(true, true, true)]
    public void Outputs_and_gradients_are_those_of_libtorch(bool isRectified, bool hasFactors, bool isSequence)
    {
        using var scope = NewDisposeScope();
        long[] rows = isSequence ? [5, 7] : [35];
        var input = Noise(1, [.. rows, 50]).requires_grad_();
        var weight = Noise(2, 33, 50).requires_grad_();
        var bias = Noise(3, 33).requires_grad_();
        var factors = hasFactors ? Noise(4, [.. rows, 33]).relu() : null;
        var upstream = Noise(5, [.. rows, 33]);

        var expected = nn.functional.linear(input, weight, bias);
        if (isRectified)
            expected = expected.relu() * (factors ?? ones_like(expected));
        var expectedGradients = autograd.grad([expected], [input, weight, bias], [upstream]);

        var actual = Compute();
        var gradients = autograd.grad([actual], [input, weight, bias], [upstream]);
        AreClose(expected, actual);
        for (var i = 0; i < 3; i++)
            AreClose(expectedGradients[i], gradients[i]);

        // Added to what is there already, in place.
        (weight.grad, bias.grad, input.grad) = (ones_like(weight), ones_like(bias), ones_like(input));
        var place = weight.grad!.data<float>();
        Compute().backward([upstream]);
        AreClose(expectedGradients[0].Plus(1), input.grad!);
        AreClose(expectedGradients[1].Plus(1), weight.grad!);
        AreClose(expectedGradients[2].Plus(1), bias.grad!);
        Assert.AreEqual(weight.grad!.data<float>()[0], place[0]);

        using (no_grad())
            AreClose(expected, Compute());

        Tensor Compute() => isRectified ? DenseProduct.Rectified(input, weight, bias, factors) : DenseProduct.Of(input, weight, bias);
    }

    [TestMethod]
    public void Rows_need_not_be_contiguous_nor_have_biases()
    {
        using var scope = NewDisposeScope();
        var (input, weight) = (Noise(1, 20, 13).t(), Noise(2, 20, 9).t().requires_grad_());
        var expected = nn.functional.linear(input, weight);
        var upstream = Noise(3, 9, 13).t();

        var actual = DenseProduct.Of(input, weight);

        AreClose(expected, actual);
        AreClose(autograd.grad([expected], [weight], [upstream])[0], autograd.grad([actual], [weight], [upstream])[0]);
    }

    [TestMethod]
    public void Frozen_weights_get_no_gradient()
    {
        using var scope = NewDisposeScope();
        using var network = NetworkArchitecture.Mlp(6).CreateNetwork(4, 3, new NetworkBuilder(RegularizationRecipe.None, new RandomKey(1, 2)));
        using var parameters = new FlatParameters(network);
        var input = Noise(1, 5, 4).requires_grad_();
        using (new FrozenWeights(network))
            Assert.AreEqual(5 * 4, autograd.grad([network.forward(input).sum()], [input])[0].numel());
        Assert.AreEqual(0, GradientNorm.Of(parameters));

        network.forward(input).sum().backward();
        Assert.IsGreaterThan(0.1, GradientNorm.Of(parameters));
    }

    [TestMethod]
    public void Other_types_and_several_threads_of_libtorch_are_left_to_libtorch()
    {
        using var scope = NewDisposeScope();
        var (input, weight, bias) = (Noise(1, 3, 4), Noise(2, 5, 4), Noise(3, 5));
        Assert.AreEqual(MatrixTile.IsWide, DenseProduct.Takes(input, weight));
        Assert.IsFalse(DenseProduct.Takes(input.to(ScalarType.Float64), weight.to(ScalarType.Float64)));
        AreClose(
            nn.functional.linear(input, weight, bias).to(ScalarType.Float64),
            DenseProduct.Of(input.to(ScalarType.Float64), weight.to(ScalarType.Float64), bias.to(ScalarType.Float64)));
    }

    private static Tensor Noise(int seed, params long[] shape)
    {
        var random = new Random(seed);
        return FloatTensors.Of([.. Enumerable.Range(0, (int)shape.Aggregate((x, y) => x * y)).Select(_ => 2 * random.NextSingle() - 1)], shape);
    }

    private static void AreClose(Tensor expected, Tensor actual)
    {
        CollectionAssert.AreEqual(expected.shape, actual.shape);
        Assert.IsLessThan(2e-5, (expected - actual).abs().max().to(ScalarType.Float64).item<double>());
    }
}
