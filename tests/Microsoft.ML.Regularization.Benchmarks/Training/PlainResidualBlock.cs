using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Benchmarks.Training;

/// <summary>A basic residual block of stock layers; where it adds channels it halves the maps, and its shortcut pads with zeros.</summary>
internal sealed class PlainResidualBlock : nn.Module<Tensor, Tensor>
{
    private readonly int _newChannels;
    private readonly TorchSharp.Modules.Sequential _branch;

    public PlainResidualBlock(int inputs, int outputs)
        : base(nameof(PlainResidualBlock))
    {
        _newChannels = outputs - inputs;
        _branch = nn.Sequential(
            nn.Conv2d(inputs, outputs, 3, stride: _newChannels > 0 ? 2 : 1, padding: 1, bias: false),
            nn.BatchNorm2d(outputs),
            nn.ReLU(),
            nn.Conv2d(outputs, outputs, 3, padding: 1, bias: false),
            nn.BatchNorm2d(outputs));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var shortcut = _newChannels > 0
            ? nn.functional.pad(input[TensorIndex.Ellipsis, TensorIndex.Slice(step: 2), TensorIndex.Slice(step: 2)], [0, 0, 0, 0, 0, _newChannels])
            : input;
        return nn.functional.relu(shortcut + _branch.forward(input));
    }
}
