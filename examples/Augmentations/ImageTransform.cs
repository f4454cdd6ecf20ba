using Microsoft.ML.Regularization;

namespace Augmentations;

/// <summary>An image transform as it is shown: strong enough to be seen.</summary>
/// <param name="Name">Its caption.</param>
/// <param name="ForPhotos">Its options for photographs of 160 x 160 pixels from 0 to 255.</param>
/// <param name="ForDigits">Its options for digits of 8 x 8 pixels from 0 to 16; null where it makes no sense for them.</param>
internal sealed record ImageTransform(string Name, AugmentationOptions ForPhotos, AugmentationOptions? ForDigits)
{
    private static readonly ImageShape Digit = new(8, 8);

    public static IReadOnlyList<ImageTransform> All { get; } =
    [
        new("RandomCrop", new RandomCropOptions { Padding = 24 }, new RandomCropOptions { Shape = Digit, Padding = 1 }),
        new("RandomCrop, reflect", new RandomCropOptions { Padding = 24, PaddingMode = PaddingMode.Reflect }, null),
        new("RandomHorizontalFlip", new RandomHorizontalFlipOptions(), null),
        new("RandomVerticalFlip", new RandomVerticalFlipOptions(), null),
        new("RandomRotation", new RandomRotationOptions { MaxDegrees = 30 }, new RandomRotationOptions { Shape = Digit, MaxDegrees = 15 }),
        new("RandomResizedCrop", new RandomResizedCropOptions { MinScale = 0.3 }, new RandomResizedCropOptions { Shape = Digit, MinScale = 0.6 }),
        new("ColorJitter", new ColorJitterOptions(), null),
        new("Cutout", new CutoutOptions { HoleSize = 56 }, new CutoutOptions { Shape = Digit, HoleSize = 3 }),
        new("RandomErasing", new RandomErasingOptions { Probability = 1 }, new RandomErasingOptions { Shape = Digit, Probability = 1 }),
        new("TrivialAugment", new TrivialAugmentOptions(), null),
        new("RandAugment", new RandAugmentOptions(), null),
        new("Mixup", new MixupOptions { Alpha = 1 }, new MixupOptions { Alpha = 1 }),
        new("CutMix", new CutMixOptions(), new CutMixOptions { Shape = Digit }),
        new(
            "OneOf Mixup, CutMix",
            new OneOfOptions { Augmentations = [new MixupOptions { Alpha = 1 }, new CutMixOptions()] },
            new OneOfOptions { Augmentations = [new MixupOptions { Alpha = 1 }, new CutMixOptions { Shape = Digit }] }),
    ];
}
