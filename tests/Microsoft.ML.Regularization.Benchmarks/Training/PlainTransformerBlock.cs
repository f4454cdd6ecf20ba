using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Benchmarks.Training;

/// <summary>A block of a transformer of TorchSharp's own layers, with normalizations before attention and perceptron.</summary>
internal sealed class PlainTransformerBlock : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly int _heads;
    private readonly TorchSharp.Modules.LayerNorm _first;
    private readonly TorchSharp.Modules.Linear _qkv;
    private readonly TorchSharp.Modules.Linear _together;
    private readonly TorchSharp.Modules.LayerNorm _second;
    private readonly TorchSharp.Modules.Sequential _perceptron;

    public PlainTransformerBlock(int width, int heads)
        : base(nameof(PlainTransformerBlock))
    {
        _heads = heads;
        (_first, _second) = (nn.LayerNorm(width), nn.LayerNorm(width));
        (_qkv, _together) = (nn.Linear(width, 3 * width), nn.Linear(width, width));
        _perceptron = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width));
        RegisterComponents();
    }

    /// <param name="input">(batch, tokens, width).</param>
    /// <param name="mask">Which tokens are there (batch, 1, 1, tokens); null for all.</param>
    public override Tensor forward(Tensor input, Tensor? mask)
    {
        var (batch, tokens, width) = (input.shape[0], input.shape[1], input.shape[2]);
        var parts = _qkv.forward(_first.forward(input)).view(batch, tokens, 3, _heads, width / _heads).permute(2, 0, 3, 1, 4).unbind(0);
        var heads = nn.functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], mask!);
        var attended = input + _together.forward(heads.transpose(1, 2).reshape(batch, tokens, width));
        return attended + _perceptron.forward(_second.forward(attended));
    }
}
