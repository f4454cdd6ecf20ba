namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>A linear layer as it scores.</summary>
/// <param name="Name">The layer's name among the network's tensors.</param>
/// <param name="Weight">(out, in), times <paramref name="Fold"/> by row.</param>
/// <param name="Fold">By which factor a normalization has changed the weights of each unit; null for none that has.</param>
/// <param name="IsOutput">Whether the layer gives the network's outputs.</param>
/// <param name="Learned">All tensors of the network as training left them.</param>
internal sealed record TrainedLinear(string Name, float[] Weight, float[]? Fold, bool IsOutput, NetworkWeights Learned);
