using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// The first layer of a <see cref="TransformerNetwork"/>: rows (batch, width of the input) to tokens (batch, tokens, width), and which of them are there
/// (batch, tokens), of bool, at least one in each row; null where all are.
/// </summary>
internal abstract class TokenEmbedding(string name) : nn.Module<Tensor, (Tensor Tokens, Tensor? Present)>(name);
