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
    /// <param name="seed">Seed of the choice; null takes the context's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator HoldOut(this TransformsCatalog catalog, double fraction = 0.1, int? seed = null) =>
        catalog.HoldOut(new HoldOutOptions { Fraction = fraction, Seed = seed });

    /// <summary>Holds a share of the training rows out for validation: see <see cref="HoldOutOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator HoldOut(this TransformsCatalog catalog, HoldOutOptions options) => catalog.ToEstimator(options);
}
