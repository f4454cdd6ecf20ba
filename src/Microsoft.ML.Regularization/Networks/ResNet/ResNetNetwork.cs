using Microsoft.ML.Regularization.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// The module of <see cref="ResNetArchitecture"/>. Parameters: <c>stem.weight</c> (out, in, 3, 3), <c>stem_norm.weight</c>, <c>blocks.i.conv1.weight</c>,
/// <c>blocks.i.norm1.weight</c> and so on, <c>norm.weight</c> with pre-activation, <c>output.weight</c> (out, in).
/// </summary>
internal sealed class ResNetNetwork : Network
{
    private readonly ImageShape _image;
    private readonly Activation _activation;
    private readonly int _blocksPerStage;
    private readonly bool _isPreActivated;
    private readonly ConvolutionLayer _stem;
    private readonly nn.Module<Tensor, Tensor>? _stemNormalization;
    private readonly List<ResNetBlock> _blocks = [];
    private readonly nn.Module<Tensor, Tensor>? _normalization;
    private readonly nn.Module<Tensor, Tensor> _output;

    public ResNetNetwork(ResNetArchitecture architecture, ImageShape image, int outputs, NetworkBuilder builder)
        : base(nameof(ResNetNetwork), builder)
    {
        var normalization = architecture.Normalization;
        _image = image;
        _activation = architecture.Activation;
        _blocksPerStage = architecture.BlocksPerStage;
        _isPreActivated = architecture.PreActivation;
        _stem = ConvolutionLayer.Create(image.Channels, architecture.Width, ActivationLayer.Gain(_activation), normalization, builder);
        _stemNormalization = Normalizations.OfMaps(normalization, architecture.Width);
        for (var block = 0; block < architecture.Blocks; block++)
            _blocks.Add(new ResNetBlock(architecture, block, builder));
        var width = architecture.ChannelsBefore(architecture.Blocks);
        _normalization = _isPreActivated ? Normalizations.OfMaps(normalization, width) : null;
        _output = builder.Dense(width, outputs, gain: 1, isOutput: true);
        register_module("stem", _stem);
        if (_stemNormalization is not null)
            register_module("stem_norm", _stemNormalization);
        register_module("blocks", new ModuleList<ResNetBlock>([.. _blocks]));
        if (_normalization is not null)
            register_module("norm", _normalization);
        register_module("output", _output);
        if (normalization != Normalization.None)
        {
            // Pre-activated, a second convolution adds to a sum that keeps its scale.
            var second = _isPreActivated ? [] : _blocks.Select((_, block) => $"blocks.{block}.conv2.weight");
            NormalizedWeights = ["stem.weight", .. _blocks.Select((_, block) => $"blocks.{block}.conv1.weight"), .. second];
        }
    }

    public override IReadOnlyList<string> NormalizedWeights { get; } = [];

    protected override Tensor Compute(Tensor input)
    {
        var maps = _stem.Forward(MixAt(0, FeatureMaps.Of(input, _image)), _stemNormalization);
        maps = _stemNormalization is null ? ActivationLayer.Apply(_activation, maps) : ActivationLayer.Overwrite(_activation, maps);
        for (var block = 0; block < _blocks.Count; block++)
        {
            maps = _blocks[block].forward(maps);
            if ((block + 1) % _blocksPerStage == 0)
                maps = MixAt((block + 1) / _blocksPerStage, maps);
        }

        if (_isPreActivated)
            maps = _normalization is null ? ActivationLayer.Apply(_activation, maps) : ActivationLayer.Overwrite(_activation, _normalization.forward(maps));
        return _output.forward(FeatureMaps.Mean(maps));
    }
}
