using Microsoft.ML.Regularization.Regularizers;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Weight decay and the proximal penalty of a run, which shrink weights in each optimizer step separately from the gradient.</summary>
/// <param name="WeightDecay">See <see cref="RegularizationRecipe.WeightDecay"/>.</param>
/// <param name="Proximal">A penalty with a step of its own; null for none.</param>
internal readonly record struct WeightShrinkage(double WeightDecay, IProximalPenalty? Proximal)
{
    /// <summary>The shrinkage that a recipe asks for. A new proximal penalty is added here.</summary>
    public static WeightShrinkage Of(RegularizationRecipe recipe) => new(recipe.WeightDecay, recipe.L1 > 0 ? new L1Penalty(recipe.L1) : null);
}
