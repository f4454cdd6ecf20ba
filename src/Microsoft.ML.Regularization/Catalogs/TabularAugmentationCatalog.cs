using Microsoft.ML.Regularization;

namespace Microsoft.ML;

/// <summary>Augmentations of training rows of a table. At scoring each of them is an identity.</summary>
public static class TabularAugmentationCatalog
{
    /// <summary>Adds Gaussian noise in units of each feature's standard deviation: see <see cref="GaussianNoiseOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="featureColumnName">Column of features, a vector of float of known size or a single float; null means Features.</param>
    /// <param name="scale">Standard deviation of the noise in units of each feature's own, at least 0; 0.05 to 0.2 is usual.</param>
    /// <param name="slotNames">The only slots to change, or the columns that they came from; null for all.</param>
    /// <param name="probability">Probability that a row is changed, from 0 to 1.</param>
    /// <param name="exampleWeightColumnName">Column of example weights: nothing is learned from rows of weight 0; null for none.</param>
    /// <param name="seed">Seed of the draws; null takes the context's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <example><code>
    /// var pipeline = ml.Transforms.Categorical.OneHotEncoding("Job")
    ///     .Append(ml.Transforms.Concatenate("Features", "Age", "Income", "Job"))
    ///     .Append(ml.Transforms.GaussianNoise(scale: 0.05, slotNames: ["Income"]))
    ///     .Append(ml.BinaryClassification.Trainers.NeuralNetwork());
    /// </code></example>
    public static TrainingOnlyEstimator GaussianNoise(
        this TransformsCatalog catalog,
        string? featureColumnName = null,
        double scale = 0.1,
        ValueList<string>? slotNames = null,
        double probability = 1,
        string? exampleWeightColumnName = null,
        int? seed = null) =>
        catalog.GaussianNoise(new GaussianNoiseOptions
        {
            FeatureColumnName = featureColumnName,
            Scale = scale,
            SlotNames = slotNames,
            Probability = probability,
            ExampleWeightColumnName = exampleWeightColumnName,
            Seed = seed,
        });

    /// <summary>Adds Gaussian noise in units of each feature's standard deviation: see <see cref="GaussianNoiseOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator GaussianNoise(this TransformsCatalog catalog, GaussianNoiseOptions options) => catalog.ToEstimator(options);

    /// <summary>Replaces features by their mean, by 0 or by NaN: see <see cref="FeatureDropoutOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="featureColumnName">Column of features, a vector of float of known size or a single float; null means Features.</param>
    /// <param name="rate">Probability that a feature is dropped, at least 0 and below 1.</param>
    /// <param name="replacement">What a dropped feature is replaced by.</param>
    /// <param name="slotNames">The only slots to drop, or the columns that they came from; null for all.</param>
    /// <param name="probability">Probability that a row is changed, from 0 to 1.</param>
    /// <param name="exampleWeightColumnName">Column of example weights: nothing is learned from rows of weight 0; null for none.</param>
    /// <param name="seed">Seed of the draws; null takes the context's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator FeatureDropout(
        this TransformsCatalog catalog,
        string? featureColumnName = null,
        double rate = 0.1,
        FeatureReplacement replacement = FeatureReplacement.Mean,
        ValueList<string>? slotNames = null,
        double probability = 1,
        string? exampleWeightColumnName = null,
        int? seed = null) =>
        catalog.FeatureDropout(new FeatureDropoutOptions
        {
            FeatureColumnName = featureColumnName,
            Rate = rate,
            Replacement = replacement,
            SlotNames = slotNames,
            Probability = probability,
            ExampleWeightColumnName = exampleWeightColumnName,
            Seed = seed,
        });

    /// <summary>Replaces features by their mean, by 0 or by NaN: see <see cref="FeatureDropoutOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator FeatureDropout(this TransformsCatalog catalog, FeatureDropoutOptions options) => catalog.ToEstimator(options);

    /// <summary>Takes some features of each training row from a random other one: see <see cref="FeatureSwapOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="featureColumnName">Column of features, a vector of float of known size; null means Features.</param>
    /// <param name="labelColumnName">
    /// Column of labels, used where <paramref name="mixLabels"/> says so: a key, a boolean, a float or a vector of class probabilities; null means
    /// Label.
    /// </param>
    /// <param name="rate">Probability that a feature is swapped, at least 0 and below 1.</param>
    /// <param name="mixLabels">Whether labels are mixed by the share of swapped features; otherwise they stay as they are.</param>
    /// <param name="slotNames">The only slots to swap, or the columns that they came from; null for all.</param>
    /// <param name="probability">Probability that a row is mixed, from 0 to 1.</param>
    /// <param name="labelMode">Where labels are mixed: soft labels, or two weighted rows for trainers that cannot take them.</param>
    /// <param name="exampleWeightColumnName">
    /// Column of example weights: rows of weight 0 take no part; where labels are mixed, weights are too. See
    /// <see cref="MixingOptions.ExampleWeightColumnName"/>.
    /// </param>
    /// <param name="categoricalColumnNames">
    /// Columns of categories beside the features, keys or texts; null for none. See <see cref="MixingOptions.CategoricalColumnNames"/>.
    /// </param>
    /// <param name="seed">Seed of the draws; null takes the context's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator FeatureSwap(
        this TransformsCatalog catalog,
        string? featureColumnName = null,
        string? labelColumnName = null,
        double rate = 0.1,
        bool mixLabels = false,
        ValueList<string>? slotNames = null,
        double probability = 1,
        LabelMode labelMode = LabelMode.Soft,
        string? exampleWeightColumnName = null,
        ValueList<string>? categoricalColumnNames = null,
        int? seed = null) =>
        catalog.FeatureSwap(new FeatureSwapOptions
        {
            FeatureColumnName = featureColumnName,
            LabelColumnName = labelColumnName,
            Rate = rate,
            MixLabels = mixLabels,
            SlotNames = slotNames,
            Probability = probability,
            LabelMode = labelMode,
            ExampleWeightColumnName = exampleWeightColumnName,
            CategoricalColumnNames = categoricalColumnNames,
            Seed = seed,
        });

    /// <summary>Takes some features of each training row from a random other one: see <see cref="FeatureSwapOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator FeatureSwap(this TransformsCatalog catalog, FeatureSwapOptions options) => catalog.ToEstimator(options);
}
