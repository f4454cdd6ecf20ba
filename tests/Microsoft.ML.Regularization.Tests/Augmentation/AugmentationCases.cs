using Microsoft.ML.Regularization.Tests.Augmentation.Custom;

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
        new MixupOptions { Alpha = 1, CategoricalColumnNames = ["Sentence"] },

        // Images
        new ColorJitterOptions { Shape = Image, PixelScale = PixelScale.Normalized([0.5], [0.25]), Probability = 0.8 },
        new CutoutOptions { Shape = Image, HoleSize = 1 },
        new RandAugmentOptions { Shape = Image, PixelScale = PixelScale.Unit, Operations = 3, Magnitude = 20 },
        new TrivialAugmentOptions { Shape = Image, PixelScale = PixelScale.Unit },
        new RandomCropOptions { Shape = Image, Padding = 1, PaddingMode = PaddingMode.Reflect },
        new RandomErasingOptions { Shape = Image, FillMode = ErasingFill.Noise },
        new RandomHorizontalFlipOptions { Shape = Image },
        new RandomResizedCropOptions { Shape = Image },
        new RandomRotationOptions { Shape = Image },
        new RandomVerticalFlipOptions { Shape = Image },

        // Tables
        new GaussianNoiseOptions(),
        new GaussianNoiseOptions { Scale = 0.5, Probability = 0.7 },
        new FeatureDropoutOptions { Rate = 0.3 },
        new FeatureDropoutOptions { Rate = 0.3, Replacement = FeatureReplacement.Missing },
        new FeatureSwapOptions { Rate = 0.3 },
        new FeatureSwapOptions { Rate = 0.3, MixLabels = true, Probability = 0.8 },

        // Labels
        new HoldOutOptions(),
        new HoldOutOptions { Fraction = 0.3, StratificationColumnName = "Label" },
        new HoldOutOptions { Fraction = 0.3, SamplingKeyColumnName = "Sentence" },
        new HoldOutOptions { Fraction = 0.3, StratificationColumnName = "Label", SamplingKeyColumnName = "Id" },
        new LabelSmoothingOptions(),
        new ClassWeightsOptions(),
        new ClassWeightsOptions { ExampleWeightColumnName = "ClassWeight", Balance = ClassBalance.EffectiveNumber, Beta = 0.9 },

        // Text
        new BackTranslationOptions { TextColumnName = "Sentence", Translator = TextTranslator.FromDelegate((text, from, to) => $"{text} ({to})") },
        new EasyDataAugmentationOptions { TextColumnName = "Sentence", Copies = 2 },
        new RandomDeletionOptions { TextColumnName = "Sentence" },
        new RandomInsertionOptions { TextColumnName = "Sentence" },
        new RandomSwapOptions { TextColumnName = "Sentence" },
        new SynonymReplacementOptions { TextColumnName = "Sentence", StopWords = ["the", "a"] },

        // A program's own
        CustomAugmentationOptions.Of(new OwnShift()) with { Probability = 0.9 },

        // Compositions
        new OneOfOptions { Augmentations = [new MixupOptions(), new CutMixOptions { Shape = Image }], SwitchProbability = 0.3 },
        new OneOfOptions { Augmentations = [new MixupOptions { Probability = 0.5 }, new CutoutOptions { Shape = Image, HoleSize = 2 }, new CutMixOptions { Shape = Image }] },
        new OneOfOptions { Augmentations = [new FeatureDropoutOptions { Rate = 0.4 }, new FeatureSwapOptions { Rate = 0.4 }, new GaussianNoiseOptions()] },
        new SometimesOptions { Augmentation = new MixupOptions { Alpha = 1 }, Probability = 0.7 },
        new SometimesOptions { Augmentation = new LabelSmoothingOptions() },
    ];
}
