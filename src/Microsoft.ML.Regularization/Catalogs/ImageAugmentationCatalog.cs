using Microsoft.ML.Data;
using Microsoft.ML.Regularization;

namespace Microsoft.ML;

/// <summary>Augmentations of single training images. At scoring each of them is an identity.</summary>
public static class ImageAugmentationCatalog
{
    /// <summary>Cuts square holes into each training image: see <see cref="CutoutOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="columnName">Column of images, a vector of float of known size.</param>
    /// <param name="holeSize">Side of a hole in pixels, from 1 to the longer side of the image.</param>
    /// <param name="holes">Holes in an image, at least 1.</param>
    /// <param name="fill">What a hole is filled with, in the pixels' own scale.</param>
    /// <param name="shape">The shape of the images; null takes it from the dimensions of the column's type.</param>
    /// <param name="probability">Probability that an image is changed, from 0 to 1.</param>
    /// <param name="seed">Seed of the draws; null takes the context's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator Cutout(
        this TransformsCatalog catalog,
        string columnName = DefaultColumnNames.Features,
        int holeSize = 8,
        int holes = 1,
        double fill = 0,
        ImageShape? shape = null,
        double probability = 1,
        int? seed = null) =>
        catalog.Cutout(new CutoutOptions
        {
            ColumnName = columnName,
            HoleSize = holeSize,
            Holes = holes,
            Fill = fill,
            Shape = shape,
            Probability = probability,
            Seed = seed,
        });

    /// <summary>Cuts square holes into each training image: see <see cref="CutoutOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator Cutout(this TransformsCatalog catalog, CutoutOptions options) => catalog.ToEstimator(options);
}
