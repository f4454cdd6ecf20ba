using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tests.Tensors;

[TestClass]
public sealed class MapConvolutionTests
{
    [TestMethod]
    [DataRow(true, true)]
    [DataRow(true, false)]
    [DataRow(false, true)]
    public void Maps_and_gradients_are_those_of_libtorch(bool hasBias, bool isChannelsLast)
    {
        using var scope = NewDisposeScope();
        var input = (isChannelsLast ? Noise(1, 9, 11, 10, 32).permute(0, 3, 1, 2) : Noise(1, 9, 32, 11, 10)).requires_grad_();
        var weight = Noise(2, 48, 32, 3, 3).requires_grad_();
        var bias = hasBias ? Noise(3, 48).requires_grad_() : null;
        var upstream = Noise(4, 9, 48, 11, 10);
        Tensor[] parameters = bias is null ? [input, weight] : [input, weight, bias];
        Assert.IsTrue(MapConvolution.Takes(input, weight) || !MatrixTile.IsWide);
        var expected = nn.functional.conv2d(input.to(ScalarType.Float64), weight.to(ScalarType.Float64), bias?.to(ScalarType.Float64), padding: [1, 1]);
        var expectedGradients = autograd.grad([expected], parameters, [upstream.to(ScalarType.Float64)]);

        var actual = MapConvolution.Of(input, weight, bias);
        var gradients = autograd.grad([actual], parameters, [upstream]);

        AreClose(expected, actual);
        for (var i = 0; i < parameters.Length; i++)
            AreClose(expectedGradients[i], gradients[i]);
    }

    [TestMethod]
    [DataRow(16, 32)]
    [DataRow(64, 8)]
    [DataRow(128, 7)]
    public void Rounding_errors_are_small_beside_what_results_differ_by(int channels, int side)
    {
        using var scope = NewDisposeScope();
        var input = Noise(1, 128, channels, side, side).relu().requires_grad_();
        var weight = (Noise(2, channels, channels, 3, 3) * 0.1).requires_grad_();
        var upstream = Noise(3, 128, channels, side, side);
        var exact = nn.functional.conv2d(input.to(ScalarType.Float64), weight.to(ScalarType.Float64), padding: [1, 1]);
        var exactGradients = autograd.grad([exact], [input, weight], [upstream.to(ScalarType.Float64)]);

        var maps = MapConvolution.Of(input, weight, bias: null);
        var gradients = autograd.grad([maps], [input, weight], [upstream]);

        Assert.IsLessThan(3e-6, Error(exact, maps));
        Assert.IsLessThan(3e-6, Error(exactGradients[0], gradients[0]));
        Assert.IsLessThan(3e-5, Error(exactGradients[1], gradients[1]));

        static double Error(Tensor expected, Tensor actual) => ((expected - actual.to(expected.dtype)).std() / expected.std()).ToDouble();
    }

    [TestMethod]
    public void What_needs_no_gradient_gets_none()
    {
        using var scope = NewDisposeScope();
        var (input, weight) = (Noise(1, 9, 16, 8, 8), Noise(2, 16, 16, 3, 3).requires_grad_());

        MapConvolution.Of(input, weight, bias: null).sum().backward();

        Assert.IsNull(input.grad);
        Assert.IsNotNull(weight.grad);
    }

    [TestMethod]
    [DataRow(16, 16, 5, 1)]
    [DataRow(16, 24, 3, 1)]
    [DataRow(16, 16, 3, 0)]
    public void Other_kernels_and_few_tiles_are_left_to_libtorch(int inputs, int outputs, int size, int images)
    {
        using var scope = NewDisposeScope();

        Assert.IsFalse(MapConvolution.Takes(Noise(1, images == 0 ? 2 : 48, inputs, 4, 4), Noise(2, outputs, inputs, size, size)));
    }

    [TestMethod]
    public void Without_gradients_a_row_has_the_same_bits_alone_as_among_others()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var (input, weight, bias) = (Noise(1, 48, 16, 4, 4), Noise(2, 16, 16, 3, 3), Noise(3, 16));
        Assert.AreEqual(MatrixTile.IsWide, MapConvolution.Takes(input[TensorIndex.Slice(0, 1)], weight));

        var maps = MapConvolution.Of(input, weight, bias);

        AreClose(nn.functional.conv2d(input.to(ScalarType.Float64), weight.to(ScalarType.Float64), bias.to(ScalarType.Float64), padding: [1, 1]), maps);
        for (var row = 0; row < 48; row += 5)
            Assert.IsTrue(maps[TensorIndex.Slice(row, row + 1)].equal(MapConvolution.Of(input[TensorIndex.Slice(row, row + 1)], weight, bias)).all().item<bool>());
    }

    private static Tensor Noise(long seed, params long[] shape)
    {
        using var generator = new Generator((ulong)seed, CPU);
        return randn(shape, generator: generator);
    }

    private static void AreClose(Tensor expected, Tensor actual)
    {
        CollectionAssert.AreEqual(expected.shape, actual.shape);
        var largest = expected.abs().max().ToDouble();
        Assert.AreEqual(0, (expected - actual.to(expected.dtype)).abs().max().ToDouble(), 1e-5 * largest);
    }
}
