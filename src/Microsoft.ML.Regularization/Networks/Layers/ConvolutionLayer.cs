using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// Convolution of maps (batch, in, height, width) with square kernels of odd size, (out, in, 3, 3) mostly, with a rim of zeros: (batch, out, height, width), or
/// with stride 2 half of both, rounded up.
/// </summary>
internal sealed class ConvolutionLayer : nn.Module<Tensor, Tensor>
{
    /// <summary>The usual height and width of kernels.</summary>
    public const int KernelSize = 3;

    private readonly long[] _strides;
    private readonly long[] _rim;
    private readonly WeightMask? _mask;

    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;

    [ComponentName(Name = "bias")]
    private readonly Parameter? _bias;

    /// <param name="weight">(out, in, size, size).</param>
    /// <param name="bias">(out); null for none.</param>
    /// <param name="stride">Places from one result to the next.</param>
    /// <param name="mask">The mask of the kernels while training.</param>
    public ConvolutionLayer(Tensor weight, Tensor? bias, int stride, WeightMask? mask)
        : base(nameof(ConvolutionLayer))
    {
        _strides = [stride, stride];
        _rim = [weight.shape[2] / 2, weight.shape[3] / 2];
        _mask = mask;
        _weight = ModuleParameter.Of(weight);
        register_parameter("weight", _weight);
        if (bias is not null)
        {
            _bias = ModuleParameter.Of(bias);
            register_parameter("bias", _bias);
        }
    }

    /// <summary>
    /// A convolution, its kernels masked where the recipe asks for it, with initial weights by the rule of <see cref="InitialWeights.Scaled"/>. It has biases
    /// except before batch normalization, which would cancel them.
    /// </summary>
    /// <param name="inputs">Channels before it.</param>
    /// <param name="outputs">Its channels.</param>
    /// <param name="gain">Compensates for the signal that the activation after the layer removes.</param>
    /// <param name="normalization">The normalization of its outputs, or of all sums that they are added to.</param>
    /// <param name="builder">Draws weights and masks.</param>
    /// <param name="stride">Places from one result to the next.</param>
    /// <param name="size">Height and width of the kernels, odd.</param>
    public static ConvolutionLayer Create(
        int inputs, int outputs, double gain, Normalization normalization, NetworkBuilder builder, int stride = 1, int size = KernelSize) => new(
        builder.Weights.Scaled(inputs * size * size, gain, outputs, inputs, size, size),
        normalization == Normalization.Batch ? null : FloatTensors.Zeros(outputs),
        stride,
        builder.Mask());

    public override Tensor forward(Tensor input)
    {
        var kernels = _mask is not null && training ? _mask.Apply(_weight) : _weight;
        return Convolve(input, kernels, _bias);
    }

    /// <summary>The convolution and what normalizes its maps. At scoring a batch normalization is a factor and a shift of each map, which are put into the kernels, so that maps are written once.</summary>
    /// <param name="input">The maps.</param>
    /// <param name="normalization">Of the convolution's maps; null for none.</param>
    public Tensor Forward(Tensor input, nn.Module<Tensor, Tensor>? normalization)
    {
        if (normalization is not BatchNormLayer { training: false } batch || training || is_grad_enabled())
            return normalization is null ? forward(input) : normalization.forward(forward(input));
        var (factor, shift) = batch.Affine();
        return Convolve(input, _weight * factor.view(-1, 1, 1, 1), _bias is null ? shift : shift.Add(_bias * factor));
    }

    private Tensor Convolve(Tensor input, Tensor kernels, Tensor? bias) => MapConvolution.Takes(input, kernels, _strides[0])
        ? MapConvolution.Of(input, kernels, bias)
        : nn.functional.conv2d(input, kernels, bias, strides: _strides, padding: _rim);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _mask?.Dispose();
        base.Dispose(disposing);
    }
}
