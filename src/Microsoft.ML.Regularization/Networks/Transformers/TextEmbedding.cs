using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Tokens of texts (batch, maximum length) to a vector for each, up to the end of the batch's longest text. The vector of <see cref="TextInput.Padding"/> is 0
/// and learns nothing.
/// </summary>
internal sealed class TextEmbedding : TokenEmbedding
{
    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;

    public TextEmbedding(TextInput text, int width, NetworkBuilder builder)
        : base(nameof(TextEmbedding))
    {
        var weight = builder.Weights.Normal(TransformerNetwork.EmbeddingDeviation, text.TableSize, width);
        weight.bytes.Slice(TextInput.Padding * width * sizeof(float), width * sizeof(float)).Clear();
        _weight = ModuleParameter.Of(weight);
        register_parameter("weight", _weight);
    }

    public override (Tensor Tokens, Tensor? Present) forward(Tensor input)
    {
        var present = input.ne(Scalars.Padding);
        var longest = present.any(0).sum().item<long>();
        var tokens = input.narrow(1, 0, longest).to(ScalarType.Int64);
        present = present.narrow(1, 0, longest);
        var vectors = _weight.index_select(0, tokens.flatten()).view(tokens.shape[0], longest, _weight.shape[1]);
        return present.all().item<bool>() ? (vectors, null) : (vectors * present.unsqueeze(-1), present);
    }
}
