namespace Microsoft.ML.Regularization;

/// <summary>
/// An augmentation of one's own: changes the features of training rows, each by itself, for <c>ml.Transforms.CustomAugmentation</c> and, by
/// <see cref="CustomAugmentationOptions.Of"/>, for a recipe's <see cref="RegularizationRecipe.Augmentations"/>. Rows that are held out, and rows that are scored, never come
/// here.
/// </summary>
/// <remarks>
/// The type has a public constructor without parameters. Recipes and model files hold its name and, as JSON, its public properties that can be written; a program that only
/// scores does not need the type. Several threads may read rows at once, each with an object of its own.
/// </remarks>
public interface ICustomAugmentation
{
    /// <summary>Changes a row in place.</summary>
    /// <param name="features">The row's features, as they are before the network scales them; a missing one is NaN.</param>
    /// <param name="random">The row's own random numbers: the only ones that repeat with the seed.</param>
    void Apply(Span<float> features, RowRandom random);
}
