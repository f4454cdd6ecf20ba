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

    // Times 0, padding has no gradient.
    public override Tensor forward(Tensor tokens)
    {
        var vectors = _weight.index_select(0, tokens.flatten()).view(tokens.shape[0], tokens.shape[1], -1);
        return vectors * tokens.ne(Scalars.Padding).unsqueeze(2);
    }
}
