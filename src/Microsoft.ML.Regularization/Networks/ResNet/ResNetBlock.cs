using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// A basic block of a <see cref="ResNetNetwork"/>: maps (batch, in, height, width), through a shortcut at the start of a new stage, plus the output of two
/// convolutions. <c>norm0</c> comes before the first convolution, <c>norm1</c> and <c>norm2</c> after the first and the second.
/// </summary>
internal sealed class ResNetBlock : nn.Module<Tensor, Tensor>
{
    private readonly int _newChannels;
    private readonly bool _isPreActivated;
    private readonly bool _activatesInput;
    private readonly Activation _activation;
    private readonly nn.Module<Tensor, Tensor>? _norm0;
    private readonly ConvolutionLayer _first;
    private readonly nn.Module<Tensor, Tensor>? _norm1;
    private readonly nn.Module<Tensor, Tensor>? _noise;
    private readonly ConvolutionLayer _second;
    private readonly nn.Module<Tensor, Tensor>? _norm2;
    private readonly SurvivalGate? _gate;

    public ResNetBlock(ResNetArchitecture architecture, int block, NetworkBuilder builder)
        : base(nameof(ResNetBlock))
    {
        var (normalization, gain) = (architecture.Normalization, ActivationLayer.Gain(architecture.Activation));
        var (inputs, outputs) = (architecture.ChannelsBefore(block), architecture.ChannelsBefore(block + 1));
        _newChannels = outputs - inputs;
        _isPreActivated = architecture.PreActivation;
        _activation = architecture.Activation;

        // The stem has normalized and activated what the first block gets.
        _activatesInput = _isPreActivated && block > 0;
        _norm0 = _activatesInput ? Normalizations.OfMaps(normalization, inputs) : null;
        _first = ConvolutionLayer.Create(inputs, outputs, gain, normalization, builder, stride: _newChannels > 0 ? 2 : 1);
        _norm1 = Normalizations.OfMaps(normalization, outputs);
        _noise = builder.MapNoise();

        // Without normalization the sum of the blocks would grow with their number.
        _second = ConvolutionLayer.Create(
            outputs, outputs, normalization == Normalization.None ? gain / Math.Sqrt(architecture.Blocks) : gain, normalization, builder);
        _norm2 = _isPreActivated ? null : Normalizations.OfMaps(normalization, outputs);
        _gate = builder.Gate(block, architecture.Blocks);
        foreach (var (name, module) in new[]
        {
            ("norm0", _norm0), ("conv1", _first), ("norm1", _norm1), ("noise", _noise), ("conv2", _second), ("norm2", _norm2),
        })
        {
            if (module is not null)
                register_module(name, module);
        }
    }

    public override Tensor forward(Tensor input)
    {
        var shortcut = _newChannels > 0 ? ZeroPaddedShortcut.Of(input, _newChannels) : input;
        if (_gate is not null)
        {
            var gated = _gate.Add(shortcut, _ => Branch(input), training);
            return _isPreActivated ? gated : ActivationLayer.Apply(_activation, gated);
        }

        // A convolution or a normalization made the branch's outputs, and neither needs them again.
        var sum = Branch(input).Add(shortcut);
        return _isPreActivated ? sum : ActivationLayer.Overwrite(_activation, sum);
    }

    private Tensor Branch(Tensor input)
    {
        if (_activatesInput)
            input = _norm0 is null ? ActivationLayer.Apply(_activation, input) : ActivationLayer.Overwrite(_activation, _norm0.forward(input));
        var hidden = ActivationLayer.Overwrite(_activation, _first.Forward(input, _norm1));
        return _second.Forward(_noise is null ? hidden : _noise.forward(hidden), _norm2);
    }
}
