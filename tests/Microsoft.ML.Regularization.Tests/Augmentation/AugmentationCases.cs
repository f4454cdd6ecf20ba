namespace Microsoft.ML.Regularization.Tests.Augmentation;

/// <summary>
/// Options of every training-only transform as they fit the columns of <see cref="Example"/>, whose four features may be an image of 2 x 2 pixels.
/// Whoever adds a transform adds a line, and all protocols run over it.
/// </summary>
public static class AugmentationCases
{
    private static readonly ImageShape Image = new(2, 2);

    public static IReadOnlyList<TrainingOnlyOptions> All { get; } =
    [
        // Mixing
        new MixupOptions(),
        new CutMixOptions { Shape = Image },

        // Images
        new CutoutOptions { Shape = Image, HoleSize = 1 },
        new RandomCropOptions { Shape = Image, Padding = 1, PaddingMode = PaddingMode.Reflect },
        new RandomErasingOptions { Shape = Image, FillMode = ErasingFill.Noise },
        new RandomHorizontalFlipOptions { Shape = Image },
        new RandomResizedCropOptions { Shape = Image },
        new RandomRotationOptions { Shape = Image },
        new RandomVerticalFlipOptions { Shape = Image },

        // Tables

        // Labels
        new HoldOutOptions(),

        // Text

        // Compositions
        new OneOfOptions { Augmentations = [new MixupOptions(), new CutMixOptions { Shape = Image }], SwitchProbability = 0.3 },
        new OneOfOptions { Augmentations = [new MixupOptions { Probability = 0.5 }, new CutoutOptions { Shape = Image, HoleSize = 2 }, new CutMixOptions { Shape = Image }] },
        new SometimesOptions { Augmentation = new MixupOptions { Alpha = 1 }, Probability = 0.7 },
    ];
}
