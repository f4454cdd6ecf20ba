using Microsoft.ML.Regularization.Regularizers;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Linear, activation, noise that all members share: (batch, members, in) to (batch, members, out). Each row of a member has noise of its own.</summary>
internal sealed class SharedHiddenLayer : nn.Module<Tensor, Tensor>
{
    private readonly DenseLayer _linear;
    private readonly Activation _activation;
    private readonly nn.Module<Tensor, Tensor>? _noise;

    public SharedHiddenLayer(int inputs, int outputs, Activation activation, NetworkBuilder builder)
        : base(nameof(SharedHiddenLayer))
    {
        var bound = 1 / Math.Sqrt(inputs);
        _linear = new DenseLayer(builder.Weights.Uniform(bound, outputs, inputs), builder.Weights.Uniform(bound, outputs));
        _activation = activation;
        _noise = builder.Noise();
        register_module("linear", _linear);
        if (_noise is not null)
            register_module("noise", _noise);
    }

    /// <summary>The same in managed code; null for noise that is computed by libtorch alone.</summary>
    public RowPass? CreatePass() =>
        _noise is null or MultiplicativeNoiseLayer { HasOwnFactors: true } ? _linear.CreatePass(_activation, (MultiplicativeNoiseLayer?)_noise) : null;

    public override Tensor forward(Tensor input)
    {
        if (_activation == Activation.ReLU && (_noise is null or MultiplicativeNoiseLayer)
            && _linear.Rectified(input, (MultiplicativeNoiseLayer?)_noise) is { } rectified)
        {
            return rectified;
        }

        var output = ActivationLayer.Apply(_activation, _linear.forward(input));
        return _noise is null ? output : _noise.forward(output);
    }
}
