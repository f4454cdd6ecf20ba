using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Convolution, normalization, activation, noise, pooling: maps (batch, in, height, width) to (batch, out, height / 2, width / 2).</summary>
internal sealed class ConvolutionBlock : nn.Module<Tensor, Tensor>
{
    private readonly ConvolutionLayer _convolution;
    private readonly nn.Module<Tensor, Tensor>? _normalization;
    private readonly Activation _activation;
    private readonly nn.Module<Tensor, Tensor>? _noise;
    private readonly Pooling _pooling;
    private readonly bool _activatesMaxima;

    public ConvolutionBlock(ConvNetArchitecture architecture, int inputs, int outputs, NetworkBuilder builder)
        : base(nameof(ConvolutionBlock))
    {
        _convolution = ConvolutionLayer.Create(
            inputs, outputs, ActivationLayer.Gain(architecture.Activation), architecture.Normalization, builder, architecture.Pooling == Pooling.Stride ? 2 : 1);
        _normalization = Normalizations.OfMaps(architecture.Normalization, outputs);
        _activation = architecture.Activation;
        _noise = builder.MapNoise();
        _pooling = architecture.Pooling;

        // ReLU of the largest is the largest ReLU, and so are the gradients, but there are only a quarter as many places.
        _activatesMaxima = _pooling == Pooling.Max && _activation == Activation.ReLU && _noise is null;
        register_module("conv", _convolution);
        if (_normalization is not null)
            register_module("norm", _normalization);
        if (_noise is not null)
            register_module("noise", _noise);
    }

    public override Tensor forward(Tensor input)
    {
        var maps = _convolution.Forward(input, _normalization);
        if (_activatesMaxima)
            return ActivationLayer.Overwrite(_activation, nn.functional.max_pool2d(maps, 2));
        maps = ActivationLayer.Overwrite(_activation, maps);
        if (_noise is not null)
            maps = _noise.forward(maps);
        return _pooling switch
        {
            Pooling.Max => nn.functional.max_pool2d(maps, 2),
            Pooling.Average => nn.functional.avg_pool2d(maps, 2),
            _ => maps,
        };
    }
}
