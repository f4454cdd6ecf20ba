using Microsoft.ML.Data;
using static Microsoft.ML.Regularization.Tests.Refusal;
using static Microsoft.ML.Regularization.Tests.RefusedTraining;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Images;

/// <summary>Misuse of flips, crops, rotations, holes and erasing, and of image shapes.</summary>
[TestClass]
public sealed class ImageRefusalTests
{
    private static IEnumerable<object[]> Cases =>
    [
        Case("a shape for images", () => Photographs(new CutoutOptions { FeatureColumnName = "Image", Shape = new(2, 2) }), "Shape", "null", "'Image'", "1 x 2 x 2"),
        Case("a hole larger than an image", () => Photographs(new CutoutOptions { FeatureColumnName = "Image", HoleSize = 6 }), "HoleSize", "from 1 to 5", "'Image'", "6"),
        Case("cutout without images", () => FitImages(new CutoutOptions { FeatureColumnName = "Pixels" }), "image column 'Pixels'"),
        Case("cutout of a number", () => FitImages(new CutoutOptions { FeatureColumnName = "Target" }), "'Target'", "Vector<Single>"),
        Case("cutout of rows of unknown length", () => Ml.Data.Augment(UnknownLength(), new CutoutOptions()), "'Features'", "known size"),
        Case("images of another shape", () => FitImages(new CutoutOptions { Shape = new(3, 3) }), "Shape", "1 x 3 x 3", "'Features'", "4 numbers"),
        Case("images of no shape", () => FitImages(new RandomHorizontalFlipOptions()), "Shape must be given", "'Features'", "4 numbers"),
        Case("Shape.Height", () => Ml.Transforms.RandomHorizontalFlip(shape: new(0, 2)), "Shape.Height", "at least 1", "0"),
        Case("Shape.Width", () => Ml.Transforms.RandomHorizontalFlip(shape: new(2, -1)), "Shape.Width", "at least 1", "-1"),
        Case("Shape.Channels", () => Ml.Transforms.RandomHorizontalFlip(shape: new(2, 2, 0)), "Shape.Channels", "at least 1", "0"),
        Case("Shape.Order", () => Ml.Transforms.RandomHorizontalFlip(shape: new(2, 2, 1, (ChannelOrder)5)), "Shape.Order", "ChannelsFirst, ChannelsLast", "5"),
        Case("an image of another length", () => Ml.Data.Augment(View(Changed(row => row.Features = row.Id == 6 ? [1, 2] : row.Features)), new RandomVerticalFlipOptions { Shape = new(2, 2), Probability = 1 }).Read(), "'Features'", "2 numbers instead of 4"),
        Case("HoleSize", () => Ml.Transforms.Cutout(holeSize: 0), "HoleSize", "at least 1", "0"),
        Case("HoleSize of small images", () => FitImages(new CutoutOptions { HoleSize = 5, Shape = new(1, 4) }), "HoleSize", "from 1 to 4", "longer side", "'Features'", "it is 5"),
        Case("Holes", () => Ml.Transforms.Cutout(holes: 0), "Holes", "from 1 to 1000", "0"),
        Case("Fill of cutout", () => Ml.Transforms.Cutout(fill: double.NaN), "Fill", "finite", "NaN"),
        Case("Probability of cutout", () => Ml.Transforms.Cutout(probability: 1.5), "Probability", "from 0 to 1", "1.5"),
        Case("FeatureColumnName of cutout", () => Ml.Transforms.Cutout(""), "FeatureColumnName", "blank"),
        Case("options of cutout", () => Ml.Transforms.Cutout((CutoutOptions)null!), "options"),
        Case("Padding", () => Ml.Transforms.RandomCrop(padding: -1), "Padding", "at least 0", "-1"),
        Case("Padding of small images", () => FitImages(new RandomCropOptions { Padding = 2, PaddingMode = PaddingMode.Reflect, Shape = new(2, 2) }), "Padding", "below 2", "shorter side", "'Features'", "Reflect", "it is 2"),
        Case("PaddingMode", () => Ml.Transforms.RandomCrop(paddingMode: (PaddingMode)4), "PaddingMode", "Zero, Reflect, Edge", "4"),
        Case("Fill of a crop", () => Ml.Transforms.RandomCrop(fill: double.PositiveInfinity), "Fill", "finite"),
        Case("Probability of a crop", () => Ml.Transforms.RandomCrop(probability: -0.1), "Probability", "from 0 to 1", "-0.1"),
        Case("Probability of a horizontal flip", () => Ml.Transforms.RandomHorizontalFlip(probability: 2), "Probability", "from 0 to 1", "2"),
        Case("Probability of a vertical flip", () => Ml.Transforms.RandomVerticalFlip(probability: double.NaN), "Probability", "from 0 to 1", "NaN"),
        Case("MaxDegrees", () => Ml.Transforms.RandomRotation(maxDegrees: 181), "MaxDegrees", "from 0 to 180", "181"),
        Case("MaxDegrees below 0", () => Ml.Transforms.RandomRotation(maxDegrees: -15), "MaxDegrees", "from 0 to 180", "-15"),
        Case("Fill of a rotation", () => Ml.Transforms.RandomRotation(fill: double.NegativeInfinity), "Fill", "finite"),
        Case("MinScale of a part", () => Ml.Transforms.RandomResizedCrop(minScale: 0), "MinScale", "above 0 and at most 1", "0"),
        Case("MaxScale of a part", () => Ml.Transforms.RandomResizedCrop(minScale: 0.5, maxScale: 0.4), "MaxScale", "from 0.5 to 1", "0.4"),
        Case("MinRatio of a part", () => Ml.Transforms.RandomResizedCrop(minRatio: 0), "MinRatio", "above 0", "0"),
        Case("MaxRatio of a part", () => Ml.Transforms.RandomResizedCrop(maxRatio: 0.5), "MaxRatio", "at least 0.75", "0.5"),
        Case("MinScale of erasing", () => Ml.Transforms.RandomErasing(minScale: 1.1), "MinScale", "above 0 and at most 1", "1.1"),
        Case("MaxScale of erasing", () => Ml.Transforms.RandomErasing(maxScale: 1.5), "MaxScale", "from 0.02 to 1", "1.5"),
        Case("MinRatio of erasing", () => Ml.Transforms.RandomErasing(minRatio: double.NaN), "MinRatio", "above 0", "NaN"),
        Case("MaxRatio of erasing", () => Ml.Transforms.RandomErasing(maxRatio: 0.2), "MaxRatio", "at least 0.3", "0.2"),
        Case("FillMode", () => Ml.Transforms.RandomErasing(fillMode: (ErasingFill)3), "FillMode", "Constant, Mean, Noise", "3"),
        Case("Fill of erasing", () => Ml.Transforms.RandomErasing(fill: double.NaN), "Fill", "finite", "NaN"),
        Case("NoiseMean", () => Ml.Transforms.RandomErasing(noiseMean: double.NaN), "NoiseMean", "finite", "NaN"),
        Case("NoiseDeviation", () => Ml.Transforms.RandomErasing(noiseDeviation: -1), "NoiseDeviation", "at least 0", "-1"),
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void An_error_names_what_is_wrong(string name, Action action, string[] fragments) => Check(name, action, fragments);

    private static object FitImages(ImageAugmentationOptions options) => Ml.Data.Augment(View(Example.Clusters(30)), options);

    // Images of unknown size, of which the second is smaller.
    private static int Photographs(AugmentationOptions options)
    {
        var rows = new[] { 6, 5 }.Select(side => new Photograph { Image = MLImage.CreateFromPixels(side, side, MLPixelFormat.Rgba32, new byte[side * side * 4]) });
        return Ml.Data.Augment(Ml.Data.LoadFromEnumerable(rows.ToList()), options).GetColumn<MLImage>("Image").Count();
    }

    private sealed class Photograph
    {
        [UnsizedImage]
        public MLImage? Image { get; set; }
    }
}
