using Microsoft.ML.Regularization;

namespace Microsoft.ML;

/// <summary>Augmentations that mix training rows with others. At scoring each of them is an identity.</summary>
public static class MixingCatalog
{
    /// <summary>
    /// Mixes each training row with a random partner, features and labels alike, with a ratio drawn from Beta(alpha, alpha): see
    /// <see cref="MixupOptions"/>.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="featureColumnName">Column of features, a vector of float of known size; null means Features.</param>
    /// <param name="labelColumnName">Column of labels: a key, a boolean, a float or a vector of class probabilities; null means Label.</param>
    /// <param name="alpha">Concentration of the ratio, at least 0 (nothing is mixed); 0.2 to 0.4 is usual.</param>
    /// <param name="probability">Probability that a row is mixed, from 0 to 1.</param>
    /// <param name="labelMode">Soft labels, or two weighted rows for trainers that cannot take them.</param>
    /// <param name="exampleWeightColumnName">Column of example weights to mix or to write; see <see cref="MixingOptions.ExampleWeightColumnName"/>.</param>
    /// <param name="categoricalColumnNames">
    /// Columns of categories beside the features, keys or texts; null for none. See <see cref="MixingOptions.CategoricalColumnNames"/>.
    /// </param>
    /// <param name="seed">Seed of the draws; null takes the context's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <example><code>
    /// var pipeline = ml.Transforms.Mixup("Features", "Label", alpha: 0.2)
    ///     .Append(ml.MulticlassClassification.Trainers.NeuralNetwork());
    /// </code></example>
    public static TrainingOnlyEstimator Mixup(
        this TransformsCatalog catalog,
        string? featureColumnName = null,
        string? labelColumnName = null,
        double alpha = 0.2,
        double probability = 1,
        LabelMode labelMode = LabelMode.Soft,
        string? exampleWeightColumnName = null,
        ValueList<string>? categoricalColumnNames = null,
        int? seed = null) =>
        catalog.Mixup(new MixupOptions
        {
            FeatureColumnName = featureColumnName,
            LabelColumnName = labelColumnName,
            Alpha = alpha,
            Probability = probability,
            LabelMode = labelMode,
            ExampleWeightColumnName = exampleWeightColumnName,
            CategoricalColumnNames = categoricalColumnNames,
            Seed = seed,
        });

    /// <summary>Mixes each training row with a random partner: see <see cref="MixupOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator Mixup(this TransformsCatalog catalog, MixupOptions options) => catalog.ToEstimator(options);

    /// <summary>
    /// Replaces a rectangle of each training image by that of a random partner, and mixes labels by the area: see <see cref="CutMixOptions"/>.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="featureColumnName">Column of images, a vector of float of known size; null means Features.</param>
    /// <param name="labelColumnName">Column of labels: a key, a boolean, a float or a vector of class probabilities; null means Label.</param>
    /// <param name="alpha">Concentration of the ratio, at least 0 (nothing is replaced); 1 makes all areas equally probable.</param>
    /// <param name="shape">The shape of the images; null takes it from the dimensions of the column's type.</param>
    /// <param name="probability">Probability that a row is mixed, from 0 to 1.</param>
    /// <param name="labelMode">Soft labels, or two weighted rows for trainers that cannot take them.</param>
    /// <param name="exampleWeightColumnName">Column of example weights to mix or to write; see <see cref="MixingOptions.ExampleWeightColumnName"/>.</param>
    /// <param name="categoricalColumnNames">
    /// Columns of categories beside the features, keys or texts; null for none. See <see cref="MixingOptions.CategoricalColumnNames"/>.
    /// </param>
    /// <param name="seed">Seed of the draws; null takes the context's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator CutMix(
        this TransformsCatalog catalog,
        string? featureColumnName = null,
        string? labelColumnName = null,
        double alpha = 1,
        ImageShape? shape = null,
        double probability = 1,
        LabelMode labelMode = LabelMode.Soft,
        string? exampleWeightColumnName = null,
        ValueList<string>? categoricalColumnNames = null,
        int? seed = null) =>
        catalog.CutMix(new CutMixOptions
        {
            FeatureColumnName = featureColumnName,
            LabelColumnName = labelColumnName,
            Alpha = alpha,
            Shape = shape,
            Probability = probability,
            LabelMode = labelMode,
            ExampleWeightColumnName = exampleWeightColumnName,
            CategoricalColumnNames = categoricalColumnNames,
            Seed = seed,
        });

    /// <summary>Replaces a rectangle of each training image by that of a random partner: see <see cref="CutMixOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator CutMix(this TransformsCatalog catalog, CutMixOptions options) => catalog.ToEstimator(options);
}
