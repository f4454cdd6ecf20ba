namespace Microsoft.ML.Regularization;

/// <summary>What draws weights to 0 in each step of an optimizer, beside the gradient.</summary>
/// <param name="WeightDecay">See <see cref="RegularizationRecipe.WeightDecay"/>.</param>
/// <param name="Proximal">A penalty with a step of its own; null for none.</param>
internal readonly record struct WeightShrinkage(double WeightDecay, IProximalPenalty? Proximal);
