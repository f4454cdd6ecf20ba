using Microsoft.ML.Regularization.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// The module of <see cref="ConvNetArchitecture"/>. Parameters: <c>blocks.i.conv.weight</c> (out, in, 3, 3), <c>blocks.i.norm.weight</c> and so on,
/// <c>hidden.linear.weight</c> (out, in), <c>output.weight</c>.
/// </summary>
internal sealed class ConvNetNetwork : Network
{
    private readonly ImageShape _image;
    private readonly bool _flattens;
    private readonly List<ConvolutionBlock> _blocks = [];
    private readonly HiddenLayer? _hidden;
    private readonly nn.Module<Tensor, Tensor> _output;

    public ConvNetNetwork(ConvNetArchitecture architecture, ImageShape image, int outputs, NetworkBuilder builder)
        : base(nameof(ConvNetNetwork), builder)
    {
        _image = image;
        _flattens = architecture.Flattens;
        var channels = image.Channels;
        foreach (var count in architecture.Channels)
        {
            _blocks.Add(new ConvolutionBlock(architecture, channels, count, builder));
            channels = count;
        }

        var width = (int)architecture.HeadInputs(image);
        register_module("blocks", new ModuleList<ConvolutionBlock>([.. _blocks]));
        if (architecture.HiddenSize > 0)
        {
            _hidden = new HiddenLayer(width, architecture.HiddenSize, architecture.Activation, architecture.Normalization, builder);
            width = architecture.HiddenSize;
            register_module("hidden", _hidden);
        }

        _output = builder.Dense(width, outputs, gain: 1, isOutput: true);
        register_module("output", _output);
        if (architecture.Normalization != Normalization.None)
        {
            NormalizedWeights =
                [.. _blocks.Select((_, block) => $"blocks.{block}.conv.weight"), .. _hidden is null ? Array.Empty<string>() : ["hidden.linear.weight"]];
        }
    }

    public override IReadOnlyList<string> NormalizedWeights { get; } = [];

    protected override Tensor Compute(Tensor input)
    {
        var maps = MixAt(0, FeatureMaps.Of(input, _image));
        for (var block = 0; block < _blocks.Count; block++)
            maps = MixAt(block + 1, _blocks[block].forward(maps));
        var units = _flattens ? maps.flatten(1) : FeatureMaps.Mean(maps);
        if (_hidden is not null)
            units = MixAt(_blocks.Count + 1, _hidden.forward(units));
        return _output.forward(units);
    }
}
