using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// The first layer of a <see cref="TransformerNetwork"/>: rows (batch, width of the input) to tokens (batch, tokens, width), and which of them are there
/// (batch, tokens), of bool, at least one in each row; null where all are.
/// </summary>
internal abstract class TokenEmbedding(string name) : nn.Module<Tensor, (Tensor Tokens, Tensor? Present)>(name)
{
    /// <summary>The same in managed code: rows of the input to those of tokens, but for class tokens; null where libtorch alone computes it.</summary>
    /// <param name="tokens">Gets the tokens.</param>
    public abstract IEnumerable<RowPass?> CreatePasses(TokenRows tokens);
}
