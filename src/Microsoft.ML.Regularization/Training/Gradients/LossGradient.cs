namespace Microsoft.ML.Regularization;

/// <summary>
/// What a training step differentiates: the loss of a batch and its gradient. Techniques that take several passes over a batch wrap the
/// <see cref="PlainGradient"/>, or one another.
/// </summary>
internal abstract class LossGradient
{
    /// <summary>The gradient that the recipe asks for.</summary>
    public static LossGradient Create(Network network, Objective objective) => new PlainGradient(network, objective);

    /// <summary>Adds the gradient of the batch's loss and of the network's penalty to the flat gradient, and returns the loss alone.</summary>
    public abstract double Add(TrainingBatch batch);
}
