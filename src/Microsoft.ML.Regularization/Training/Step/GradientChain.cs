using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Training;

/// <summary>The gradient techniques of a recipe, each wrapped around the one before. A new technique is added here.</summary>
internal static class GradientChain
{
    /// <summary>
    /// The gradient that the recipe asks for, from the inside out. <see cref="ManifoldMixupGradient"/> mixes the rows of the batch.
    /// <see cref="AdversarialGradient"/> adds the loss of attacked rows to it; attacks and attacked rows use the original, unmixed rows.
    /// <see cref="MixoutGradient"/> lets all of these see mixed weights. <see cref="SharpnessAwareGradient"/> climbs on this total loss. All of a step's passes have the same noise, mixing and starts of attacks, and only the
    /// first one moves running statistics.
    /// </summary>
    /// <param name="passes">Passes through the network.</param>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="recipe">Says which techniques.</param>
    /// <param name="mixableStates">See <see cref="NetworkArchitecture.MixableStates"/>.</param>
    /// <param name="key">The key of their random draws.</param>
    /// <param name="tuning">How far the weights may go from where they are; null for any distance.</param>
    public static ILossGradient Of(LossPasses passes, FlatParameters parameters, RegularizationRecipe recipe, int mixableStates, RandomKey key, FineTuning? tuning = null)
    {
        ILossGradient gradient = passes;
        if (recipe.ManifoldMixup is { } mixup)
            gradient = new ManifoldMixupGradient(passes, mixup, mixableStates, key);
        if (recipe.AdversarialTraining is { } adversarial)
            gradient = new AdversarialGradient(gradient, passes, adversarial, key, mixesRows: recipe.ManifoldMixup is not null);
        if (tuning is { Mixout: > 0 and var probability })
            gradient = new MixoutGradient(gradient, passes, parameters, probability, key);
        if (recipe.SharpnessAware is { } sharpness)
            gradient = new SharpnessAwareGradient(gradient, passes, parameters, sharpness);
        return gradient;
    }
}
