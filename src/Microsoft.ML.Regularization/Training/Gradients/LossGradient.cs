namespace Microsoft.ML.Regularization;

/// <summary>
/// What a training step differentiates: the loss of a batch and its gradient. Techniques that take several passes over a batch wrap the
/// <see cref="PlainGradient"/>, or one another.
/// </summary>
internal abstract class LossGradient
{
    /// <summary>
    /// The gradient that the recipe asks for, from the inside out. <see cref="ManifoldMixupGradient"/> mixes the rows of the batch.
    /// <see cref="AdversarialGradient"/> adds the loss of attacked rows to it; these are attacked and learned as they are, unmixed.
    /// <see cref="SharpnessAwareGradient"/> climbs on all of this loss. All of a step's passes have the same noise, mixing and starts of attacks, and only
    /// the first one moves running statistics.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="objective">The rows' loss.</param>
    /// <param name="recipe">Says which techniques.</param>
    /// <param name="mixableStates">See <see cref="NetworkArchitecture.MixableStates"/>.</param>
    /// <param name="key">What they draw from.</param>
    public static LossGradient Create(
        Network network, FlatParameters parameters, Objective objective, RegularizationRecipe recipe, int mixableStates, RandomKey key)
    {
        LossGradient gradient = recipe.ManifoldMixup is { } mixup
            ? new ManifoldMixupGradient(network, objective, mixup, mixableStates, key)
            : new PlainGradient(network, objective);
        if (recipe.AdversarialTraining is { } adversarial)
            gradient = new AdversarialGradient(gradient, network, objective, adversarial, key);
        return recipe.SharpnessAware is { } sharpness ? new SharpnessAwareGradient(gradient, network, parameters, sharpness) : gradient;
    }

    /// <summary>
    /// Adds the gradient of the batch's loss and of the network's penalty to the flat gradient, which is clear before, and returns the loss alone.
    /// </summary>
    public abstract double Add(TrainingBatch batch);
}
