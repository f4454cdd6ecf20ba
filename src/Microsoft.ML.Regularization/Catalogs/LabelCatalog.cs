using Microsoft.ML.Data;
using Microsoft.ML.Regularization;

namespace Microsoft.ML;

/// <summary>What belongs to the labels of training rows: holding rows out, smoothing, weights. At scoring each transform is an identity.</summary>
public static class LabelCatalog
{
    /// <summary>
    /// Holds a share of the training rows out for validation: augmentations behind it leave them alone, the neural trainers validate on them.
    /// See <see cref="HoldOutOptions"/>.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="fraction">The share of rows to hold out, above 0 and below 1.</param>
    /// <param name="stratificationColumnName">Column of classes (key, boolean or text) within each of which the share is met exactly; null takes Label where it holds classes.</param>
    /// <param name="samplingKeyColumnName">Column of groups (key, text, integer or float) whose rows are held out together or not at all; null for none.</param>
    /// <param name="stratifies">Whether the share is met in each class; false draws rows one by one.</param>
    /// <param name="seed">Seed of the choice; null takes the context's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <example><code>
    /// var pipeline = ml.Transforms.HoldOut(0.2, stratificationColumnName: "Label", samplingKeyColumnName: "Patient")
    ///     .Append(ml.Transforms.Mixup())
    ///     .Append(ml.MulticlassClassification.Trainers.NeuralNetwork());
    /// </code></example>
    public static TrainingOnlyEstimator HoldOut(
        this TransformsCatalog catalog,
        double fraction = 0.2,
        string? stratificationColumnName = null,
        string? samplingKeyColumnName = null,
        bool stratifies = true,
        int? seed = null) =>
        catalog.HoldOut(new HoldOutOptions
        {
            Fraction = fraction,
            StratificationColumnName = stratificationColumnName,
            SamplingKeyColumnName = samplingKeyColumnName,
            Stratifies = stratifies,
            Seed = seed,
        });

    /// <summary>Holds a share of the training rows out for validation: see <see cref="HoldOutOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator HoldOut(this TransformsCatalog catalog, HoldOutOptions options) => catalog.ToEstimator(options);

    /// <summary>
    /// Makes labels soft: <c>y (1 - a) + a / K</c> for K classes. For the neural trainers, the only ones to take soft labels. See
    /// <see cref="LabelSmoothingOptions"/>.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">Column of labels: a key, a boolean or a vector of class probabilities; null means Label.</param>
    /// <param name="smoothing">The mass that is moved from the label to all classes alike, at least 0 (none) and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <example><code>
    /// var pipeline = ml.Transforms.LabelSmoothing("Label", smoothing: 0.1)
    ///     .Append(ml.MulticlassClassification.Trainers.NeuralNetwork());
    /// </code></example>
    public static TrainingOnlyEstimator LabelSmoothing(
        this TransformsCatalog catalog, string? labelColumnName = null, double smoothing = 0.1) =>
        catalog.LabelSmoothing(new LabelSmoothingOptions { LabelColumnName = labelColumnName, Smoothing = smoothing });

    /// <summary>Makes labels soft: see <see cref="LabelSmoothingOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator LabelSmoothing(this TransformsCatalog catalog, LabelSmoothingOptions options) => catalog.ToEstimator(options);

    /// <summary>
    /// Writes a column of example weights by which rows of rare classes count more, for any trainer that takes one: see
    /// <see cref="ClassWeightsOptions"/>.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="labelColumnName">Column of labels: a key, a boolean or a vector of class probabilities.</param>
    /// <param name="exampleWeightColumnName">Column of weights that is written; one that the rows have already is multiplied.</param>
    /// <param name="balance">How the rows of a class are weighted by their number.</param>
    /// <param name="beta">For effective numbers: at least 0 (all rows weigh alike) and below 1 (balanced).</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <example><code>
    /// var pipeline = ml.Transforms.ClassWeights("Label", "Weight")
    ///     .Append(ml.BinaryClassification.Trainers.LightGbm(exampleWeightColumnName: "Weight"));
    /// </code></example>
    public static TrainingOnlyEstimator ClassWeights(
        this TransformsCatalog catalog,
        string labelColumnName = DefaultColumnNames.Label,
        string exampleWeightColumnName = MixingOptions.DefaultExampleWeightColumnName,
        ClassBalance balance = ClassBalance.Balanced,
        double beta = 0.999) =>
        catalog.ClassWeights(new ClassWeightsOptions
        {
            LabelColumnName = labelColumnName,
            ExampleWeightColumnName = exampleWeightColumnName,
            Balance = balance,
            Beta = beta,
        });

    /// <summary>Writes a column of example weights by which rows of rare classes count more: see <see cref="ClassWeightsOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator ClassWeights(this TransformsCatalog catalog, ClassWeightsOptions options) => catalog.ToEstimator(options);
}
