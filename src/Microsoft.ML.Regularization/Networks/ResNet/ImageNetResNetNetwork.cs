using Microsoft.ML.Regularization.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// The module of <see cref="ImageNetResNetArchitecture"/>. Parameters: <c>stem.weight</c> (out, in, 7, 7), <c>stem_norm.weight</c>, <c>blocks.i.conv1.weight</c>,
/// <c>blocks.i.norm1.weight</c> and so on, <c>blocks.i.shortcut.weight</c>, <c>blocks.i.shortcut_norm.weight</c>, <c>output.weight</c> (out, in).
/// </summary>
internal sealed class ImageNetResNetNetwork : Network
{
    private readonly ImageShape _image;
    private readonly int? _resolution;
    private readonly Activation _activation;
    private readonly List<ProjectedBlockShape> _shapes;
    private readonly ConvolutionLayer _stem;
    private readonly BatchNormLayer _stemNormalization;
    private readonly List<ProjectedBlock> _blocks = [];
    private readonly nn.Module<Tensor, Tensor> _output;

    public ImageNetResNetNetwork(ImageNetResNetArchitecture architecture, ImageShape image, int outputs, NetworkBuilder builder)
        : base(nameof(ImageNetResNetNetwork), builder)
    {
        (_image, _resolution, _activation) = (image, architecture.Resolution, architecture.Activation);
        _shapes = [.. architecture.Shapes()];
        _stem = ConvolutionLayer.Create(image.Channels, architecture.Width, ActivationLayer.Gain(_activation), Normalization.Batch, builder, stride: 2, size: 7);
        _stemNormalization = new BatchNormLayer(architecture.Width);
        foreach (var (place, shape) in _shapes.Index())
            _blocks.Add(new ProjectedBlock(shape, _activation, place, _shapes.Count, builder));
        _output = builder.Dense(_shapes[^1].Outputs, outputs, gain: 1, isOutput: true);
        register_module("stem", _stem);
        register_module("stem_norm", _stemNormalization);
        register_module("blocks", new ModuleList<ProjectedBlock>([.. _blocks]));
        register_module("output", _output);
        NormalizedWeights = [.. named_parameters().Where(named => named.parameter.dim() == 4).Select(named => named.name)];
    }

    public override IReadOnlyList<string> NormalizedWeights { get; }

    protected override Tensor Compute(Tensor input)
    {
        var image = FeatureMaps.Of(input, _image);
        image = MixAt(0, _resolution is { } side ? FeatureMaps.Resized(image, side) : image);
        var maps = FeatureMaps.HalfByLargest(ActivationLayer.Overwrite(_activation, _stem.Forward(image, _stemNormalization)));
        for (var block = 0; block < _blocks.Count; block++)
        {
            maps = _blocks[block].forward(maps);
            if (block == _blocks.Count - 1 || _shapes[block + 1].Place == 0)
                maps = MixAt(_shapes[block].Stage + 1, maps);
        }

        return _output.forward(FeatureMaps.Mean(maps));
    }
}
