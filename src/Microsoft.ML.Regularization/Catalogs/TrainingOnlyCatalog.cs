using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Transforms that exist only while a pipeline is fitted: at scoring each of them is an identity.</summary>
public static class TrainingOnlyCatalog
{
    /// <summary>
    /// Mixes each training row with a random partner, features and labels alike, with a ratio drawn from Beta(alpha, alpha): see
    /// <see cref="MixupOptions"/>.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="featureColumnName">Column of features, a vector of float of known size.</param>
    /// <param name="labelColumnName">Column of labels: a key, a boolean, a float or a vector of class probabilities.</param>
    /// <param name="alpha">Concentration of the ratio, at least 0 (nothing is mixed); 0.2 to 0.4 is usual.</param>
    /// <param name="probability">Probability that a row is mixed, from 0 to 1.</param>
    /// <param name="labelMode">Soft labels, or two weighted rows for trainers that cannot take them.</param>
    /// <param name="weightColumnName">Column of example weights to mix or to write; see <see cref="MixupOptions.WeightColumnName"/>.</param>
    /// <param name="seed">Seed of the draws; null takes the context's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <example><code>
    /// var pipeline = ml.Transforms.Mixup("Features", "Label", alpha: 0.2)
    ///     .Append(ml.MulticlassClassification.Trainers.NeuralNetwork());
    /// </code></example>
    public static TrainingOnlyEstimator Mixup(
        this TransformsCatalog catalog,
        string featureColumnName = DefaultColumnNames.Features,
        string labelColumnName = DefaultColumnNames.Label,
        double alpha = 0.2,
        double probability = 1,
        LabelMode labelMode = LabelMode.Soft,
        string? weightColumnName = null,
        int? seed = null) =>
        catalog.Mixup(new MixupOptions
        {
            FeatureColumnName = featureColumnName,
            LabelColumnName = labelColumnName,
            Alpha = alpha,
            Probability = probability,
            LabelMode = labelMode,
            WeightColumnName = weightColumnName,
            Seed = seed,
        });

    /// <summary>Mixes each training row with a random partner: see <see cref="MixupOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator Mixup(this TransformsCatalog catalog, MixupOptions options) => Create(catalog, options);

    /// <summary>
    /// Holds a share of the training rows out for validation: augmentations behind it leave them alone, the neural trainers validate on them.
    /// See <see cref="HoldOutOptions"/>.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="fraction">The share of rows to hold out, above 0 and below 1.</param>
    /// <param name="seed">Seed of the choice; null takes the context's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator HoldOut(this TransformsCatalog catalog, double fraction = 0.1, int? seed = null) =>
        catalog.HoldOut(new HoldOutOptions { Fraction = fraction, Seed = seed });

    /// <summary>Holds a share of the training rows out for validation: see <see cref="HoldOutOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator HoldOut(this TransformsCatalog catalog, HoldOutOptions options) => Create(catalog, options);

    /// <summary>
    /// The rows that a training-only transform gives to a trainer, outside of a pipeline: to look at them, or to store them. Every cursor that is
    /// opened without a <see cref="Random"/> sees the same rows.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="data">The rows to transform.</param>
    /// <param name="augmentation">The transform's options, such as <see cref="MixupOptions"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range, or a column is missing or of a wrong type.</exception>
    public static IDataView Augment(this DataOperationsCatalog catalog, IDataView data, TrainingOnlyOptions augmentation)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return Augment(catalog, data, new TrainingOnlyEstimator(CatalogUtils.GetEnvironment(catalog), augmentation));
    }

    /// <summary>The rows that a training-only transform gives to a trainer, outside of a pipeline.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="data">The rows to transform.</param>
    /// <param name="augmentation">The transform, as it would stand in a pipeline.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of a wrong type.</exception>
    public static IDataView Augment(this DataOperationsCatalog catalog, IDataView data, TrainingOnlyEstimator augmentation)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        Contracts.CheckValue(augmentation, nameof(augmentation));
        return ((ITransformerWithDifferentMappingAtTrainingTime)augmentation.Fit(data)).TransformForTrainingPipeline(data);
    }

    private static TrainingOnlyEstimator Create(TransformsCatalog catalog, TrainingOnlyOptions options)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new TrainingOnlyEstimator(CatalogUtils.GetEnvironment(catalog), options);
    }
}
