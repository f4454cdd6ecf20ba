using Microsoft.ML.Data;
using static Microsoft.ML.Regularization.Tests.Refusal;
using static Microsoft.ML.Regularization.Tests.RefusedTraining;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Images;

/// <summary>Misuse of changes of color, and of the scale of pixels.</summary>
[TestClass]
public sealed class ColorRefusalTests
{
    private static IEnumerable<object[]> Cases =>
    [
        Case("Brightness", () => Ml.Transforms.ColorJitter(brightness: -0.1), "Brightness", "at least 0", "-0.1"),
        Case("Contrast", () => Ml.Transforms.ColorJitter(contrast: double.NaN), "Contrast", "at least 0", "NaN"),
        Case("Saturation", () => Ml.Transforms.ColorJitter(saturation: -1), "Saturation", "at least 0", "-1"),
        Case("Hue", () => Ml.Transforms.ColorJitter(hue: 0.6), "Hue", "from 0 to 0.5", "0.6"),
        Case("Probability of color jitter", () => Ml.Transforms.ColorJitter(probability: 2), "Probability", "from 0 to 1", "2"),
        Case("Operations of RandAugment", () => Ml.Transforms.RandAugment(operations: 0), "Operations", "from 1 to 100", "0"),
        Case("Magnitude of RandAugment", () => Ml.Transforms.RandAugment(magnitude: 31), "Magnitude", "from 0 to 30", "31"),
        Case("Probability of TrivialAugment", () => Ml.Transforms.TrivialAugment(probability: -1), "Probability", "from 0 to 1", "-1"),
        Case("a pixel scale of no mean", () => Ml.Transforms.ColorJitter(pixelScale: PixelScale.Normalized([], [1])), "PixelScale.Means", "empty"),
        Case("a pixel scale of no deviation", () => Ml.Transforms.ColorJitter(pixelScale: PixelScale.Normalized([0], [])), "PixelScale.Deviations", "empty"),
        Case("a mean that is no number", () => Ml.Transforms.ColorJitter(pixelScale: PixelScale.Normalized([double.NaN], [1])), "PixelScale.Means", "finite", "NaN"),
        Case("a deviation of 0", () => Ml.Transforms.TrivialAugment(pixelScale: PixelScale.Normalized([0], [0])), "PixelScale.Deviations", "above 0", "0"),
        Case("null as means", () => PixelScale.Normalized(null!, [1]), "means"),
        Case("two means for one channel", () => Augmented(new ColorJitterOptions { Shape = new(2, 2), PixelScale = PixelScale.Normalized([0, 1], [1]) }), "PixelScale", "has 2", "'Features'", "1 channels"),
        Case("three deviations for one channel", () => Augmented(new RandAugmentOptions { Shape = new(2, 2), PixelScale = PixelScale.Normalized([0], [1, 2, 3]) }), "PixelScale", "has 3", "'Features'", "1 channels"),
        Case("saturation of two channels", () => Augmented(new ColorJitterOptions { Shape = new(1, 2, 2) }), "Saturation", "2 channels", "'Features'", "0.4"),
        Case("hues of two channels", () => Augmented(new ColorJitterOptions { Shape = new(1, 2, 2), Saturation = 0 }), "Hue", "2 channels", "'Features'", "0.1"),
        Case("a policy on two channels", () => Augmented(new TrivialAugmentOptions { Shape = new(1, 2, 2) }), "TrivialAugment", "'Features'", "have 2"),
        Case("color jitter without a shape", () => Augmented(new ColorJitterOptions()), "Shape", "'Features'", "4 numbers"),
        Case("color jitter of text", () => Augmented(new ColorJitterOptions { FeatureColumnName = "Name" }), "'Name'", "Vector<Single>", "Image", "String"),
        Case("color jitter of what is not there", () => Augmented(new ColorJitterOptions { FeatureColumnName = "Pixels" }), "image column 'Pixels'"),
        Case("color jitter of rows of unknown length", () => Ml.Data.Augment(UnknownLength(), new ColorJitterOptions { Shape = new(1, 2) }), "'Features'", "known size", "Image"),
        Case("a pixel scale for images", () => Photographs(new ColorJitterOptions { FeatureColumnName = "Image", PixelScale = PixelScale.Unit }), "PixelScale", "Byte", "'Image'", "Unit"),
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void An_error_names_what_is_wrong(string name, Action action, string[] fragments) => Check(name, action, fragments);

    private static List<ReadRow> Augmented(AugmentationOptions options) => Ml.Data.Augment(View(Example.Clusters(3)), options).Read();

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
