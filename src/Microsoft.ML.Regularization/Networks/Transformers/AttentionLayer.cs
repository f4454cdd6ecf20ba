using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// Self-attention of several heads, tokens (batch, tokens, width) to as many: each token takes the mean of all tokens' values by
/// <c>softmax(q k^T / sqrt(width of a head))</c>, in each head by itself, and one linear layer puts the heads together (Vaswani, Shazeer, Parmar, Uszkoreit,
/// Jones, Gomez, Kaiser and Polosukhin, "Attention is all you need", 2017). The recipe's noise is behind it.
/// </summary>
internal sealed class AttentionLayer : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly int _heads;
    private readonly nn.Module<Tensor, Tensor> _projection;
    private readonly nn.Module<Tensor, Tensor> _output;
    private readonly nn.Module<Tensor, Tensor>? _noise;
    private readonly nn.Module<Tensor, Tensor>? _shareNoise;

    /// <param name="width">Units of a token, a multiple of the heads.</param>
    /// <param name="heads">Heads.</param>
    /// <param name="outputGain">Of the layer that puts the heads together: see <see cref="NetworkBuilder.Dense"/>.</param>
    /// <param name="builder">Makes the layers.</param>
    /// <param name="hasNoisyShares">Whether the recipe's noise is on the shares that tokens have in the mean, too.</param>
    public AttentionLayer(int width, int heads, double outputGain, NetworkBuilder builder, bool hasNoisyShares = false)
        : base(nameof(AttentionLayer))
    {
        _heads = heads;
        _projection = builder.Dense(width, 3 * width, gain: 1);
        _output = builder.Dense(width, width, outputGain);
        _noise = builder.Noise();
        register_module("qkv", _projection);
        register_module("output", _output);
        if (_noise is not null)
            register_module("noise", _noise);
        _shareNoise = hasNoisyShares ? builder.Noise() : null;
        if (_shareNoise is not null)
            register_module("share_noise", _shareNoise);
    }

    /// <param name="input">(batch, tokens, width).</param>
    /// <param name="present">(batch, tokens) of bool: the tokens that are there, at least one in each row; null where all are.</param>
    public override Tensor forward(Tensor input, Tensor? present)
    {
        var (batch, tokens, width) = (input.shape[0], input.shape[1], input.shape[2]);
        var parts = _projection.forward(input).view(batch, tokens, 3, _heads, width / _heads).permute(2, 0, 3, 1, 4).unbind(0);
        var mask = present?.view(batch, 1, 1, tokens);
        var heads = _shareNoise is null || !training
            ? nn.functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], mask!)
            : WithNoise(_shareNoise, parts[0].Times(1 / Math.Sqrt(width / _heads)), parts[1], parts[2], mask);
        var output = _output.forward(heads.transpose(1, 2).reshape(batch, tokens, width));
        return _noise is null ? output : _noise.forward(output);
    }

    /// <summary>The same in managed code; null where libtorch alone computes it.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="kept">The tokens that are left behind it, the first of each sequence; null where all are.</param>
    public IEnumerable<RowPass?> CreatePasses(TokenRows tokens, TokenRows? kept)
    {
        if (_projection is not DenseLayer projection || _output is not DenseLayer output || !UnitNoise.Draws(_noise, out var noise) || !UnitNoise.Draws(_shareNoise, out var shareNoise))
            return [null];
        var attention = projection.CreatePass();
        return [attention, new AttentionPass(attention.Outputs / 3, _heads, tokens, shareNoise, kept), output.CreatePass(activation: null, noise, kept ?? tokens)];
    }

    private static Tensor WithNoise(nn.Module<Tensor, Tensor> noise, Tensor query, Tensor key, Tensor value, Tensor? mask)
    {
        var logits = query.matmul(key.transpose(-2, -1));
        return noise.forward((mask is null ? logits : logits.masked_fill(mask.logical_not(), Scalars.NegativeInfinity)).softmax(-1)).matmul(value);
    }
}
