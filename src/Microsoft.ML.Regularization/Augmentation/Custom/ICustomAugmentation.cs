namespace Microsoft.ML.Regularization;

/// <summary>
/// A user-defined augmentation: changes the features of training rows, each by itself, for <c>ml.Transforms.CustomAugmentation</c> and, by
/// <see cref="CustomAugmentationOptions.Of"/>, for a recipe's <see cref="RegularizationRecipe.Augmentations"/>. It never receives rows that are held out or
/// scored.
/// </summary>
/// <remarks>
/// The type must have a public parameterless constructor. Recipes and model files store its name and, as JSON, its writable public properties; a program that
/// only scores does not need the type. Several threads may read rows at once, each with its own object.
/// </remarks>
public interface ICustomAugmentation
{
    /// <summary>Changes a row in place.</summary>
    /// <param name="features">The row's features, as they are before the network scales them; a missing one is NaN.</param>
    /// <param name="random">The row's own random numbers, the only ones that are reproducible with the seed.</param>
    void Apply(Span<float> features, RowRandom random);
}
