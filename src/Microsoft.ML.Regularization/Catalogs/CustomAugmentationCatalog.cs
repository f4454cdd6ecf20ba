using Microsoft.ML.Regularization;

namespace Microsoft.ML;

/// <summary>Augmentations of one's own. At scoring each of them is an identity.</summary>
public static class CustomAugmentationCatalog
{
    /// <summary>Changes the features of training rows by code of one's own: see <see cref="ICustomAugmentation"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="augmentation">Changes rows.</param>
    /// <param name="featureColumnName">Column of features, a vector of float of known size; null means Features.</param>
    /// <param name="probability">Probability that a row is changed, from 0 to 1.</param>
    /// <param name="seed">Seed of the draws; null takes the context's.</param>
    /// <exception cref="InvalidOperationException">The type has no public constructor without parameters, or cannot be made of JSON.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range, or the type's properties do not survive JSON.</exception>
    /// <example><code>
    /// var pipeline = ml.Transforms.Concatenate("Features", "North", "East")
    ///     .Append(ml.Transforms.CustomAugmentation(new Shift { Most = 0.1 }))
    ///     .Append(ml.Regression.Trainers.NeuralNetwork());
    /// </code></example>
    public static TrainingOnlyEstimator CustomAugmentation(
        this TransformsCatalog catalog, ICustomAugmentation augmentation, string? featureColumnName = null, double probability = 1, int? seed = null) =>
        catalog.CustomAugmentation(CustomAugmentationOptions.Of(augmentation) with { FeatureColumnName = featureColumnName, Probability = probability, Seed = seed });

    /// <summary>Changes the features of training rows by code of one's own: see <see cref="ICustomAugmentation"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator CustomAugmentation(this TransformsCatalog catalog, CustomAugmentationOptions options) => catalog.ToEstimator(options);
}
