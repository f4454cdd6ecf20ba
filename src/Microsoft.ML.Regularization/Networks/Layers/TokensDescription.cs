namespace Microsoft.ML.Regularization.Networks;

/// <summary>The tokens of a text become vectors (batch, tokens, width): see <see cref="TokenTable"/>. Padding is known as such to all layers behind.</summary>
/// <param name="Name">The layer's name among the network's tensors.</param>
/// <param name="Count">Tokens that there are, padding included.</param>
/// <param name="Width">Numbers of a vector.</param>
internal sealed record TokensDescription(string Name, int Count, int Width) : LayerDescription;
