using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Linear, normalization, activation, noise: rows (batch, in) to (batch, out).</summary>
internal sealed class HiddenLayer : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> _linear;
    private readonly NormalizationLayer? _normalization;
    private readonly Activation _activation;
    private readonly nn.Module<Tensor, Tensor>? _noise;

    /// <param name="inputs">Units before it.</param>
    /// <param name="outputs">Its units.</param>
    /// <param name="activation">The activation.</param>
    /// <param name="normalization">The normalization before the activation.</param>
    /// <param name="builder">Makes the layers.</param>
    /// <param name="rows">The input layout if it is the first layer of the network; null for a later layer.</param>
    /// <param name="isNoisy">Whether the recipe's noise of units is behind it.</param>
    public HiddenLayer(
        int inputs, int outputs, Activation activation, Normalization normalization, NetworkBuilder builder, InputLayout? rows = null, bool isNoisy = true)
        : base(nameof(HiddenLayer))
    {
        _linear = builder.Dense(inputs, outputs, ActivationLayer.Gain(activation), rows: rows);
        _normalization = Normalizations.OfRows(normalization, outputs);
        _activation = activation;
        _noise = isNoisy ? builder.Noise() : null;
        register_module("linear", _linear);
        if (_normalization is not null)
            register_module("norm", _normalization);
        if (_noise is not null)
            register_module("noise", _noise);
    }

    /// <summary>The same in managed code; null where libtorch alone computes it.</summary>
    /// <param name="tokens">Which tokens the rows are; null where they are rows of the batch.</param>
    public IEnumerable<RowPass?> CreatePasses(TokenRows? tokens = null)
    {
        if (_linear is not DenseLayer linear || !UnitNoise.Draws(_noise, out var noise))
            return [null];
        if (_normalization is null)
            return [linear.CreatePass(_activation, noise, tokens)];
        var normalization = _normalization.CreatePass();
        return [linear.CreatePass(), normalization, ActivatedUnits.Pass(_activation, normalization.Outputs, noise, tokens)];
    }

    public override Tensor forward(Tensor input)
    {
        if (_linear is IMomentLayer { MatchesMoments: true } linear)
            return MomentMatching.Forward(linear, _normalization, _activation, input);

        if (_linear is DenseLayer dense && _normalization is null && _activation == Activation.ReLU && (_noise is null or MultiplicativeNoiseLayer)
            && dense.Rectified(input, (MultiplicativeNoiseLayer?)_noise) is { } rectified)
        {
            return rectified;
        }

        return Finish(_linear.forward(input));
    }

    /// <summary>The same of sparse rows, for a first layer.</summary>
    public Tensor Forward(SparseRows rows, Tensor? tail) => Finish(((SparseLayer)_linear).Forward(rows, tail));

    private Tensor Finish(Tensor output)
    {
        if (_normalization is not null)
            output = _normalization.forward(output);
        output = ActivationLayer.Apply(_activation, output);
        return _noise is null ? output : _noise.forward(output);
    }
}
