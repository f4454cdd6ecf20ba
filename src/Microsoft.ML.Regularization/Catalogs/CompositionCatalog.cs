using Microsoft.ML.Regularization;

namespace Microsoft.ML;

/// <summary>Augmentations that apply others by chance. At scoring each of them is an identity.</summary>
public static class CompositionCatalog
{
    /// <summary>Applies one of several augmentations to each training row: see <see cref="OneOfOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="augmentations">The augmentations, two at least.</param>
    /// <param name="switchProbability">Probability of the second of two, from 0 to 1; null makes all equally probable.</param>
    /// <param name="seed">Seed of the draws; null takes the context's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <example><code>
    /// ml.Transforms.OneOf([new MixupOptions(), new CutMixOptions()], switchProbability: 0.5)
    /// </code></example>
    public static TrainingOnlyEstimator OneOf(
        this TransformsCatalog catalog, ValueList<AugmentationOptions> augmentations, double? switchProbability = null, int? seed = null) =>
        catalog.OneOf(new OneOfOptions { Augmentations = augmentations, SwitchProbability = switchProbability, Seed = seed });

    /// <summary>Applies one of several augmentations to each training row: see <see cref="OneOfOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator OneOf(this TransformsCatalog catalog, OneOfOptions options) => catalog.ToEstimator(options);

    /// <summary>Applies an augmentation to a share of the training rows: see <see cref="SometimesOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="augmentation">The augmentation.</param>
    /// <param name="probability">Probability that a row is given to it, from 0 to 1.</param>
    /// <param name="seed">Seed of the draws; null takes the context's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator Sometimes(
        this TransformsCatalog catalog, AugmentationOptions augmentation, double probability = 0.5, int? seed = null) =>
        catalog.Sometimes(new SometimesOptions { Augmentation = augmentation, Probability = probability, Seed = seed });

    /// <summary>Applies an augmentation to a share of the training rows: see <see cref="SometimesOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator Sometimes(this TransformsCatalog catalog, SometimesOptions options) => catalog.ToEstimator(options);
}
