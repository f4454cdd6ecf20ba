namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>The initial parameters of a linear layer.</summary>
/// <param name="Weight">(out, in).</param>
/// <param name="Bias">(out).</param>
/// <param name="MeanSquare">The variance that the weights were drawn with.</param>
/// <param name="IsOutput">Whether the layer gives the network's outputs.</param>
internal readonly record struct InitialLinear(Tensor Weight, Tensor Bias, double MeanSquare, bool IsOutput);
