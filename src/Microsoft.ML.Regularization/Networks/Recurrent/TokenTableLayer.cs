using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Tokens (batch, steps) of int64 to their vectors (batch, steps, width). See <see cref="TokenTable"/>.</summary>
internal sealed class TokenTableLayer : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;

    /// <param name="tokens">Tokens, padding included.</param>
    /// <param name="width">Numbers of a vector, whose deviation of 1 is the scale of numbers that are standardized.</param>
    /// <param name="builder">Draws them.</param>
    public TokenTableLayer(int tokens, int width, NetworkBuilder builder)
        : base(nameof(TokenTableLayer))
    {
        _weight = TokenTable.Create(tokens, width, deviation: 1, builder.Weights);
        register_parameter("weight", _weight);
    }

    public override Tensor forward(Tensor tokens) => TokenTable.VectorsOf(_weight, tokens);
}
