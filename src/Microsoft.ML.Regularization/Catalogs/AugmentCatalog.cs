using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Training-only transforms outside of a pipeline.</summary>
public static class AugmentCatalog
{
    /// <summary>
    /// The rows that a training-only transform gives to a trainer, outside of a pipeline: to look at them, or to store them. Every cursor sees the same
    /// rows, and so do other trainers in all of their passes; the neural trainers draw anew in every epoch.
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
        return ((ITrainingTimeMapping)augmentation.Fit(data)).TransformForTraining(data);
    }

    internal static TrainingOnlyEstimator ToEstimator(this TransformsCatalog catalog, TrainingOnlyOptions options)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new TrainingOnlyEstimator(CatalogUtils.GetEnvironment(catalog), options);
    }
}
