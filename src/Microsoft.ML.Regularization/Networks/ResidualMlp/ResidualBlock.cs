using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>A block of a <see cref="ResidualMlpNetwork"/>: rows (batch, width) plus a residual branch that begins with normalization.</summary>
internal sealed class ResidualBlock : nn.Module<Tensor, Tensor>
{
    private readonly NormalizationLayer? _normalization;
    private readonly HiddenLayer _hidden;
    private readonly nn.Module<Tensor, Tensor> _linear;
    private readonly nn.Module<Tensor, Tensor>? _noise;
    private readonly SurvivalGate? _gate;

    public ResidualBlock(ResidualMlpArchitecture architecture, int block, NetworkBuilder builder)
        : base(nameof(ResidualBlock))
    {
        _normalization = Normalizations.OfRows(architecture.Normalization, architecture.Width);
        _hidden = new HiddenLayer(architecture.Width, architecture.HiddenWidth, architecture.Activation, Normalization.None, builder);
        _linear = builder.Dense(architecture.HiddenWidth, architecture.Width, gain: 1 / Math.Sqrt(architecture.Blocks));
        _noise = builder.Noise();
        _gate = builder.Gate(block, architecture.Blocks);
        if (_normalization is not null)
            register_module("norm", _normalization);
        register_module("hidden", _hidden);
        register_module("linear", _linear);
        if (_noise is not null)
            register_module("noise", _noise);
    }

    /// <summary>The same in managed code; null where libtorch alone computes it.</summary>
    public RowPass? CreatePass()
    {
        if (_linear is not DenseLayer linear || !UnitNoise.Draws(_noise, out var noise))
            return null;
        var change = noise is null ? linear.CreatePass() : linear.CreatePass(activation: null, noise);
        RowPass?[] branch = [.. _normalization is null ? [] : (RowPass[])[_normalization.CreatePass()], .. _hidden.CreatePasses(), change];
        return branch.Contains(null) ? null : new ResidualPass(change.Outputs, new PassSequence([.. branch.OfType<RowPass>()]), _gate);
    }

    public override Tensor forward(Tensor input) => _gate is null ? input.Plus(Branch(input)) : _gate.Add(input, Branch, training);

    private Tensor Branch(Tensor input)
    {
        var normalized = _normalization is null ? input : _normalization.forward(input);
        var change = _linear.forward(_hidden.forward(normalized));
        return _noise is null ? change : _noise.forward(change);
    }
}
