using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// Rows (batch, ..., in) to <c>x W^T + b</c> (batch, ..., out); W (out, in), b (out). TorchSharp's own layer draws its weights from the global generator.
/// </summary>
internal sealed class DenseLayer : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;

    [ComponentName(Name = "bias")]
    private readonly Parameter _bias;

    public DenseLayer(Tensor weight, Tensor bias)
        : base(nameof(DenseLayer))
    {
        _weight = ModuleParameter.Of(weight);
        _bias = ModuleParameter.Of(bias);
        register_parameter("weight", _weight);
        register_parameter("bias", _bias);
    }

    public override Tensor forward(Tensor input) => DenseProduct.Of(input, _weight, _bias);

    /// <summary>The same in managed code.</summary>
    public DensePass CreatePass() => CreatePass(new AffineUnits((int)_weight.shape[0], factor: 1, new ParameterMemory(_bias), biasRate: 1));

    /// <summary>The same with an activation and noise behind it.</summary>
    /// <param name="activation">The activation; null for none.</param>
    /// <param name="noise">Null for none.</param>
    /// <param name="tokens">Which tokens the rows are; null where they are rows of the batch.</param>
    public DensePass CreatePass(Activation? activation, MultiplicativeNoiseLayer? noise, TokenRows? tokens = null) =>
        CreatePass(ActivatedUnits.Of(activation, (int)_weight.shape[0], new ParameterMemory(_bias), noise, tokens));

    private DensePass CreatePass(DenseUnits units) => new((int)_weight.shape[1], new ParameterMemory(_weight), units);

    /// <summary>ReLU behind it, and behind that the noise of units while training; null where these are better computed one by one.</summary>
    /// <param name="input">(batch, ..., in).</param>
    /// <param name="noise">Null for none.</param>
    public Tensor? Rectified(Tensor input, MultiplicativeNoiseLayer? noise)
    {
        if (!DenseProduct.Takes(input, _weight) || noise is { HasPlainFactors: false })
            return null;

        long[] shape = [.. input.shape[..^1], _bias.shape[0]];
        return DenseProduct.Rectified(input, _weight, _bias, noise is { training: true } ? noise.Draw(shape, input.device) : null);
    }
}
