namespace Microsoft.ML.Regularization.Networks;

/// <summary>Rows become patches of an image (batch, patches, numbers of a patch): see <see cref="PatchEmbedding"/>.</summary>
/// <param name="Image">How the numbers make an image.</param>
/// <param name="Size">Pixels of a patch's side.</param>
internal sealed record PatchesDescription(ImageShape Image, int Size) : LayerDescription;

/// <summary>A learned token in front of the others: see <see cref="ClassTokenLayer"/>.</summary>
/// <param name="Name">The layer's name among the network's tensors.</param>
/// <param name="Width">Units of a token.</param>
internal sealed record ClassTokenDescription(string Name, int Width) : LayerDescription;

/// <summary>Each token plus the vector of its place: see <see cref="PositionLayer"/>.</summary>
/// <param name="Name">The layer's name among the network's tensors.</param>
/// <param name="Places">Tokens that there are at most.</param>
/// <param name="Width">Units of a token.</param>
internal sealed record PositionsDescription(string Name, int Places, int Width) : LayerDescription;

/// <summary>Self-attention: see <see cref="AttentionLayer"/>.</summary>
/// <param name="Name">The layer's name among the network's tensors.</param>
/// <param name="Width">Units of a token.</param>
/// <param name="Heads">Heads.</param>
internal sealed record AttentionDescription(string Name, int Width, int Heads) : LayerDescription;

/// <summary>Tokens become one row of units.</summary>
/// <param name="Pooling">The kind.</param>
/// <param name="Width">Units of a token.</param>
internal sealed record TokenPoolingDescription(TokenPooling Pooling, int Width) : LayerDescription;
