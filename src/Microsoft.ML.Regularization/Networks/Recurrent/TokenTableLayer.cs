using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>Tokens (batch, steps) of int64 to their vectors (batch, steps, width). That of <see cref="TextInput.Padding"/> is 0 and learns nothing.</summary>
internal sealed class TokenTableLayer : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;

    /// <param name="weight">(tokens, width), the row of padding 0.</param>
    public TokenTableLayer(Tensor weight)
        : base(nameof(TokenTableLayer))
    {
        _weight = ModuleParameter.Of(weight);
        register_parameter("weight", _weight);
    }

    /// <summary>
    /// Vectors of tokens, normal of deviation 1: the scale of numbers that are standardized. That of <see cref="TextInput.Unknown"/> starts at 0, so that
    /// unknown words say nothing where training has none.
    /// </summary>
    /// <param name="tokens">Tokens, padding included.</param>
    /// <param name="width">Numbers of a vector.</param>
    /// <param name="builder">Draws them.</param>
    public static TokenTableLayer Create(int tokens, int width, NetworkBuilder builder)
    {
        var vectors = builder.Weights.Normal(1, tokens, width);
        vectors.bytes[..(TextInput.FirstWord * width * sizeof(float))].Clear();
        return new TokenTableLayer(vectors);
    }

    // Times 0, padding has no gradient.
    public override Tensor forward(Tensor tokens)
    {
        var vectors = _weight.index_select(0, tokens.flatten()).view(tokens.shape[0], tokens.shape[1], -1);
        return vectors * tokens.ne(Scalars.Padding).unsqueeze(2);
    }
}
