using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// Rows (batch, numbers of an image) to its patches in reading order, each by the same linear layer: (batch, patches, width). A patch's numbers lie channel by
/// channel, so that the weights are those of a convolution whose kernel and stride are the patch.
/// </summary>
internal sealed class PatchEmbedding : TokenEmbedding
{
    private readonly ImageShape _image;
    private readonly int _patch;
    private readonly nn.Module<Tensor, Tensor> _linear;

    public PatchEmbedding(ImageShape image, int patch, int width, NetworkBuilder builder)
        : base(nameof(PatchEmbedding))
    {
        _image = image;
        _patch = patch;
        _linear = builder.Dense(image.Channels * patch * patch, width, gain: 1);
        register_module("linear", _linear);
    }

    public override IEnumerable<RowPass?> CreatePasses(TokenRows tokens) => [new PatchPass(new ImagePatches(_image, _patch), tokens), (_linear as DenseLayer)?.CreatePass()];

    public override (Tensor Tokens, Tensor? Present) forward(Tensor input)
    {
        var (batch, high, wide) = (input.shape[0], _image.Height / _patch, _image.Width / _patch);
        var patches = _image.Order == ChannelOrder.ChannelsFirst
            ? input.view(batch, _image.Channels, high, _patch, wide, _patch).permute(0, 2, 4, 1, 3, 5)
            : input.view(batch, high, _patch, wide, _patch, _image.Channels).permute(0, 1, 3, 5, 2, 4);
        return (_linear.forward(patches.reshape(batch, high * wide, _image.Channels * _patch * _patch)), null);
    }
}
