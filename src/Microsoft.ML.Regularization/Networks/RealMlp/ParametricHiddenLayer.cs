using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Regularizers;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Linear, parametric activation, noise: rows (batch, in) to (batch, out). See <see cref="RealMlpArchitecture"/>.</summary>
internal sealed class ParametricHiddenLayer : nn.Module<Tensor, Tensor>
{
    private readonly TangentLayer _linear;
    private readonly ParametricActivationLayer _activation;
    private readonly nn.Module<Tensor, Tensor>? _noise;

    public ParametricHiddenLayer(int inputs, int outputs, Activation activation, NetworkBuilder builder)
        : base(nameof(ParametricHiddenLayer))
    {
        _linear = new TangentLayer(inputs, outputs, builder);
        _activation = new ParametricActivationLayer(activation, outputs, builder);
        _noise = builder.Noise();
        register_module("linear", _linear);
        register_module("activation", _activation);
        if (_noise is not null)
            register_module("noise", _noise);
    }

    /// <summary>Fits it to the rows before it, and gives what it makes of them: see <see cref="TangentLayer.InitializeFrom"/>.</summary>
    public Tensor InitializeFrom(Tensor rows, RandomKey key) => _activation.forward(_linear.InitializeFrom(rows, key));

    /// <summary>The same in managed code; null for noise that is computed by libtorch alone.</summary>
    public RowPass? CreatePass() =>
        _noise is null or MultiplicativeNoiseLayer { HasOwnFactors: true } ? _activation.CreatePass(_linear, (MultiplicativeNoiseLayer?)_noise) : null;

    public override Tensor forward(Tensor input)
    {
        var output = _activation.forward(_linear.forward(input));
        return _noise is null ? output : _noise.forward(output);
    }
}
