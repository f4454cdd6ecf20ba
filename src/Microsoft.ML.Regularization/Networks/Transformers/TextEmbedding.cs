using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// Tokens of texts (batch, maximum length) to a vector for each, up to the end of the batch's longest text. The vector of <see cref="TextInput.Padding"/> is 0
/// and learns nothing.
/// </summary>
internal sealed class TextEmbedding : TokenEmbedding
{
    private readonly int _places;

    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;

    public TextEmbedding(TextInput text, int width, NetworkBuilder builder)
        : base(nameof(TextEmbedding))
    {
        _places = text.MaxLength;
        _weight = ModuleParameter.Of(TokenTable.Create(text.TableSize, width, TransformerNetwork.EmbeddingDeviation, builder.Weights));
        register_parameter("weight", _weight);
    }

    /// <summary>The vectors of all tokens (tokens, width).</summary>
    public Tensor Vectors => _weight;

    public override IEnumerable<RowPass?> CreatePasses(TokenRows tokens) => [new TokenVectorsPass(_places, (int)_weight.shape[1], (int)_weight.shape[0], new ParameterMemory(_weight), tokens)];

    public override (Tensor Tokens, Tensor? Present) forward(Tensor input)
    {
        var present = input.ne(Scalars.Padding);
        var longest = present.any(0).sum().item<long>();
        var tokens = input.narrow(1, 0, longest).to(ScalarType.Int64);
        present = present.narrow(1, 0, longest);
        return (TokenTable.OfTexts(_weight.index_select(0, tokens.flatten()), tokens), present.all().item<bool>() ? null : present);
    }
}
