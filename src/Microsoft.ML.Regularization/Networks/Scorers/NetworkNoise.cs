using Microsoft.ML.Regularization.Regularizers;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>One draw of all the noise that a network was trained with, which makes it one of the networks of Monte Carlo prediction. Never changes.</summary>
/// <param name="Layers">By <see cref="ScoringLayer.Index"/>; null for a layer without.</param>
/// <param name="BlockFactors">The factor of each residual block's change; 0 where the block is skipped.</param>
/// <param name="IsEmpty">Whether every draw leaves the network as it scores.</param>
internal sealed record NetworkNoise(LayerNoise?[] Layers, float[] BlockFactors, bool IsEmpty);
