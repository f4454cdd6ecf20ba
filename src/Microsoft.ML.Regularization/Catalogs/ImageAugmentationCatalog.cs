using Microsoft.ML.Data;
using Microsoft.ML.Regularization;

namespace Microsoft.ML;

/// <summary>Augmentations of single training images. At scoring each of them is an identity.</summary>
public static class ImageAugmentationCatalog
{
    /// <summary>Moves each training image by a few pixels, over padding: see <see cref="RandomCropOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="featureColumnName">Column of images: a vector of float of known size, or <see cref="MLImage"/>s; null means Features.</param>
    /// <param name="padding">Pixels added on each side, at least 0.</param>
    /// <param name="paddingMode">What the image is padded with.</param>
    /// <param name="fill">The padding's value where its mode is Zero, in the pixels' own scale.</param>
    /// <param name="shape">The shape of the images; null takes it from the dimensions of the column's type.</param>
    /// <param name="probability">Probability that an image is changed, from 0 to 1.</param>
    /// <param name="seed">Seed of the draws; null takes the context's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator RandomCrop(
        this TransformsCatalog catalog,
        string? featureColumnName = null,
        int padding = 4,
        PaddingMode paddingMode = PaddingMode.Zero,
        double fill = 0,
        ImageShape? shape = null,
        double probability = 1,
        int? seed = null) =>
        catalog.RandomCrop(new RandomCropOptions
        {
            FeatureColumnName = featureColumnName,
            Padding = padding,
            PaddingMode = paddingMode,
            Fill = fill,
            Shape = shape,
            Probability = probability,
            Seed = seed,
        });

    /// <summary>Moves each training image by a few pixels, over padding: see <see cref="RandomCropOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator RandomCrop(this TransformsCatalog catalog, RandomCropOptions options) => catalog.ToEstimator(options);

    /// <summary>Enlarges a random part of each training image to its size: see <see cref="RandomResizedCropOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="featureColumnName">Column of images: a vector of float of known size, or <see cref="MLImage"/>s; null means Features.</param>
    /// <param name="minScale">Least share of the image's area, above 0 to 1.</param>
    /// <param name="maxScale">Greatest share of the image's area, from <paramref name="minScale"/> to 1.</param>
    /// <param name="minRatio">Least ratio of width to height, above 0.</param>
    /// <param name="maxRatio">Greatest ratio of width to height, at least <paramref name="minRatio"/>.</param>
    /// <param name="shape">The shape of the images; null takes it from the dimensions of the column's type.</param>
    /// <param name="probability">Probability that an image is changed, from 0 to 1.</param>
    /// <param name="seed">Seed of the draws; null takes the context's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator RandomResizedCrop(
        this TransformsCatalog catalog,
        string? featureColumnName = null,
        double minScale = 0.08,
        double maxScale = 1,
        double minRatio = 3.0 / 4,
        double maxRatio = 4.0 / 3,
        ImageShape? shape = null,
        double probability = 1,
        int? seed = null) =>
        catalog.RandomResizedCrop(new RandomResizedCropOptions
        {
            FeatureColumnName = featureColumnName,
            MinScale = minScale,
            MaxScale = maxScale,
            MinRatio = minRatio,
            MaxRatio = maxRatio,
            Shape = shape,
            Probability = probability,
            Seed = seed,
        });

    /// <summary>Enlarges a random part of each training image to its size: see <see cref="RandomResizedCropOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator RandomResizedCrop(this TransformsCatalog catalog, RandomResizedCropOptions options) => catalog.ToEstimator(options);

    /// <summary>Mirrors training images left to right: see <see cref="RandomHorizontalFlipOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="featureColumnName">Column of images: a vector of float of known size, or <see cref="MLImage"/>s; null means Features.</param>
    /// <param name="shape">The shape of the images; null takes it from the dimensions of the column's type.</param>
    /// <param name="probability">Probability that an image is mirrored, from 0 to 1.</param>
    /// <param name="seed">Seed of the draws; null takes the context's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator RandomHorizontalFlip(
        this TransformsCatalog catalog,
        string? featureColumnName = null,
        ImageShape? shape = null,
        double probability = 0.5,
        int? seed = null) =>
        catalog.RandomHorizontalFlip(new RandomHorizontalFlipOptions
        {
            FeatureColumnName = featureColumnName,
            Shape = shape,
            Probability = probability,
            Seed = seed,
        });

    /// <summary>Mirrors training images left to right: see <see cref="RandomHorizontalFlipOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator RandomHorizontalFlip(this TransformsCatalog catalog, RandomHorizontalFlipOptions options) =>
        catalog.ToEstimator(options);

    /// <summary>Mirrors training images top to bottom: see <see cref="RandomVerticalFlipOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="featureColumnName">Column of images: a vector of float of known size, or <see cref="MLImage"/>s; null means Features.</param>
    /// <param name="shape">The shape of the images; null takes it from the dimensions of the column's type.</param>
    /// <param name="probability">Probability that an image is mirrored, from 0 to 1.</param>
    /// <param name="seed">Seed of the draws; null takes the context's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator RandomVerticalFlip(
        this TransformsCatalog catalog,
        string? featureColumnName = null,
        ImageShape? shape = null,
        double probability = 0.5,
        int? seed = null) =>
        catalog.RandomVerticalFlip(new RandomVerticalFlipOptions
        {
            FeatureColumnName = featureColumnName,
            Shape = shape,
            Probability = probability,
            Seed = seed,
        });

    /// <summary>Mirrors training images top to bottom: see <see cref="RandomVerticalFlipOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator RandomVerticalFlip(this TransformsCatalog catalog, RandomVerticalFlipOptions options) => catalog.ToEstimator(options);

    /// <summary>Turns each training image by a random angle: see <see cref="RandomRotationOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="featureColumnName">Column of images: a vector of float of known size, or <see cref="MLImage"/>s; null means Features.</param>
    /// <param name="maxDegrees">Largest angle to either side in degrees, from 0 to 180.</param>
    /// <param name="fill">The value of what lies outside of the image, in the pixels' own scale.</param>
    /// <param name="shape">The shape of the images; null takes it from the dimensions of the column's type.</param>
    /// <param name="probability">Probability that an image is changed, from 0 to 1.</param>
    /// <param name="seed">Seed of the draws; null takes the context's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator RandomRotation(
        this TransformsCatalog catalog,
        string? featureColumnName = null,
        double maxDegrees = 15,
        double fill = 0,
        ImageShape? shape = null,
        double probability = 1,
        int? seed = null) =>
        catalog.RandomRotation(new RandomRotationOptions
        {
            FeatureColumnName = featureColumnName,
            MaxDegrees = maxDegrees,
            Fill = fill,
            Shape = shape,
            Probability = probability,
            Seed = seed,
        });

    /// <summary>Turns each training image by a random angle: see <see cref="RandomRotationOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator RandomRotation(this TransformsCatalog catalog, RandomRotationOptions options) => catalog.ToEstimator(options);

    /// <summary>Changes brightness, contrast, saturation and hue of each training image: see <see cref="ColorJitterOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="featureColumnName">Column of images: a vector of float of known size, or <see cref="MLImage"/>s; null means Features.</param>
    /// <param name="brightness">Range of the brightness factor about 1, at least 0, which leaves it.</param>
    /// <param name="contrast">Range of the contrast factor about 1, at least 0, which leaves it.</param>
    /// <param name="saturation">Range of the saturation factor about 1, at least 0, which leaves it.</param>
    /// <param name="hue">Range of the turn of hues in turns, from 0, which leaves them, to 0.5.</param>
    /// <param name="pixelScale">What the numbers of the images mean; null for <see cref="PixelScale.Byte"/>, from 0 to 255.</param>
    /// <param name="shape">The shape of the images; null takes it from the dimensions of the column's type.</param>
    /// <param name="probability">Probability that an image is changed, from 0 to 1.</param>
    /// <param name="seed">Seed of the draws; null takes the context's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <example><code>
    /// ml.Transforms.LoadImages("Image", "photos", "FileName")
    ///     .Append(ml.Transforms.ColorJitter("Image"))
    ///     .Append(ml.Transforms.ResizeImages("Image", 32, 32))
    ///     .Append(ml.Transforms.ExtractPixels("Features", "Image"))
    /// </code></example>
    public static TrainingOnlyEstimator ColorJitter(
        this TransformsCatalog catalog,
        string? featureColumnName = null,
        double brightness = 0.4,
        double contrast = 0.4,
        double saturation = 0.4,
        double hue = 0.1,
        PixelScale? pixelScale = null,
        ImageShape? shape = null,
        double probability = 1,
        int? seed = null) =>
        catalog.ColorJitter(new ColorJitterOptions
        {
            FeatureColumnName = featureColumnName,
            Brightness = brightness,
            Contrast = contrast,
            Saturation = saturation,
            Hue = hue,
            PixelScale = pixelScale,
            Shape = shape,
            Probability = probability,
            Seed = seed,
        });

    /// <summary>Changes brightness, contrast, saturation and hue of each training image: see <see cref="ColorJitterOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator ColorJitter(this TransformsCatalog catalog, ColorJitterOptions options) => catalog.ToEstimator(options);

    /// <summary>Cuts square holes into each training image: see <see cref="CutoutOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="featureColumnName">Column of images: a vector of float of known size, or <see cref="MLImage"/>s; null means Features.</param>
    /// <param name="holeSize">Side of a hole in pixels, from 1 to the longer side of the image.</param>
    /// <param name="holes">Holes in an image, from 1 to 1,000.</param>
    /// <param name="fill">What a hole is filled with, in the pixels' own scale.</param>
    /// <param name="shape">The shape of the images; null takes it from the dimensions of the column's type.</param>
    /// <param name="probability">Probability that an image is changed, from 0 to 1.</param>
    /// <param name="seed">Seed of the draws; null takes the context's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator Cutout(
        this TransformsCatalog catalog,
        string? featureColumnName = null,
        int holeSize = 8,
        int holes = 1,
        double fill = 0,
        ImageShape? shape = null,
        double probability = 1,
        int? seed = null) =>
        catalog.Cutout(new CutoutOptions
        {
            FeatureColumnName = featureColumnName,
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

    /// <summary>Overwrites a random rectangle of each training image: see <see cref="RandomErasingOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="featureColumnName">Column of images: a vector of float of known size, or <see cref="MLImage"/>s; null means Features.</param>
    /// <param name="minScale">Least share of the image's area that is erased, above 0 to 1.</param>
    /// <param name="maxScale">Greatest share of the image's area that is erased, from <paramref name="minScale"/> to 1.</param>
    /// <param name="minRatio">Least ratio of width to height, above 0.</param>
    /// <param name="maxRatio">Greatest ratio of width to height, at least <paramref name="minRatio"/>.</param>
    /// <param name="fillMode">What the rectangle is filled with.</param>
    /// <param name="fill">The constant to fill with, in the pixels' own scale.</param>
    /// <param name="noiseMean">Mean of the noise to fill with, in the pixels' own scale.</param>
    /// <param name="noiseDeviation">Standard deviation of the noise to fill with, in the pixels' own scale, at least 0.</param>
    /// <param name="shape">The shape of the images; null takes it from the dimensions of the column's type.</param>
    /// <param name="probability">Probability that an image is changed, from 0 to 1.</param>
    /// <param name="seed">Seed of the draws; null takes the context's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator RandomErasing(
        this TransformsCatalog catalog,
        string? featureColumnName = null,
        double minScale = 0.02,
        double maxScale = 0.33,
        double minRatio = 0.3,
        double maxRatio = 3.3,
        ErasingFill fillMode = ErasingFill.Constant,
        double fill = 0,
        double noiseMean = 0,
        double noiseDeviation = 1,
        ImageShape? shape = null,
        double probability = 0.5,
        int? seed = null) =>
        catalog.RandomErasing(new RandomErasingOptions
        {
            FeatureColumnName = featureColumnName,
            MinScale = minScale,
            MaxScale = maxScale,
            MinRatio = minRatio,
            MaxRatio = maxRatio,
            FillMode = fillMode,
            Fill = fill,
            NoiseMean = noiseMean,
            NoiseDeviation = noiseDeviation,
            Shape = shape,
            Probability = probability,
            Seed = seed,
        });

    /// <summary>Overwrites a random rectangle of each training image: see <see cref="RandomErasingOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator RandomErasing(this TransformsCatalog catalog, RandomErasingOptions options) => catalog.ToEstimator(options);

    /// <summary>Sends each training image through one random operation at a random strength: see <see cref="TrivialAugmentOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="featureColumnName">Column of images: a vector of float of known size, or <see cref="MLImage"/>s; null means Features.</param>
    /// <param name="pixelScale">What the numbers of the images mean; null for <see cref="PixelScale.Byte"/>, from 0 to 255.</param>
    /// <param name="shape">The shape of the images; null takes it from the dimensions of the column's type.</param>
    /// <param name="probability">Probability that an image is changed, from 0 to 1.</param>
    /// <param name="seed">Seed of the draws; null takes the context's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator TrivialAugment(
        this TransformsCatalog catalog,
        string? featureColumnName = null,
        PixelScale? pixelScale = null,
        ImageShape? shape = null,
        double probability = 1,
        int? seed = null) =>
        catalog.TrivialAugment(new TrivialAugmentOptions
        {
            FeatureColumnName = featureColumnName,
            PixelScale = pixelScale,
            Shape = shape,
            Probability = probability,
            Seed = seed,
        });

    /// <summary>Sends each training image through one random operation at a random strength: see <see cref="TrivialAugmentOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator TrivialAugment(this TransformsCatalog catalog, TrivialAugmentOptions options) => catalog.ToEstimator(options);

    /// <summary>Sends each training image through some random operations at one strength: see <see cref="RandAugmentOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="featureColumnName">Column of images: a vector of float of known size, or <see cref="MLImage"/>s; null means Features.</param>
    /// <param name="operations">Operations that an image goes through, from 1 to 100.</param>
    /// <param name="magnitude">Strength of all operations, from 0 to 30.</param>
    /// <param name="pixelScale">What the numbers of the images mean; null for <see cref="PixelScale.Byte"/>, from 0 to 255.</param>
    /// <param name="shape">The shape of the images; null takes it from the dimensions of the column's type.</param>
    /// <param name="probability">Probability that an image is changed, from 0 to 1.</param>
    /// <param name="seed">Seed of the draws; null takes the context's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator RandAugment(
        this TransformsCatalog catalog,
        string? featureColumnName = null,
        int operations = 2,
        int magnitude = 9,
        PixelScale? pixelScale = null,
        ImageShape? shape = null,
        double probability = 1,
        int? seed = null) =>
        catalog.RandAugment(new RandAugmentOptions
        {
            FeatureColumnName = featureColumnName,
            Operations = operations,
            Magnitude = magnitude,
            PixelScale = pixelScale,
            Shape = shape,
            Probability = probability,
            Seed = seed,
        });

    /// <summary>Sends each training image through some random operations at one strength: see <see cref="RandAugmentOptions"/>.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static TrainingOnlyEstimator RandAugment(this TransformsCatalog catalog, RandAugmentOptions options) => catalog.ToEstimator(options);
}
