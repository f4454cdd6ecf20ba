namespace Microsoft.ML.Regularization.Benchmarks;

/// <summary>An augmentation on rows of a kind.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Options">The augmentation; null reads the rows as they are.</param>
/// <param name="Dimensions">Of the features; none for text.</param>
public sealed record AugmentationCase(string Name, AugmentationOptions? Options, params int[] Dimensions)
{
    /// <summary>Rows of a pass.</summary>
    public const int Rows = 2048;

    private static readonly int[] Table = [64];
    private static readonly int[] Image = [3, 32, 32];

    /// <summary>All that is measured.</summary>
    public static IReadOnlyList<AugmentationCase> All { get; } =
    [
        new("rows of 64 as they are", null, Table),
        new("`Mixup`", new MixupOptions(), Table),
        new("`GaussianNoise`", new GaussianNoiseOptions(), Table),
        new("`FeatureDropout`", new FeatureDropoutOptions(), Table),
        new("`FeatureSwap`", new FeatureSwapOptions(), Table),
        new("`LabelSmoothing`", new LabelSmoothingOptions(), Table),
        new("images as they are", null, Image),
        new("`Mixup` of images", new MixupOptions(), Image),
        new("`CutMix`", new CutMixOptions(), Image),
        new("`OneOf` these two", new OneOfOptions { Augmentations = [new MixupOptions(), new CutMixOptions()] }, Image),
        new("`Cutout`", new CutoutOptions(), Image),
        new("`RandomErasing`, always", new RandomErasingOptions { Probability = 1 }, Image),
        new("`RandomErasing`, always, mean", new RandomErasingOptions { Probability = 1, FillMode = ErasingFill.Mean }, Image),
        new("`RandomErasing`, always, noise", new RandomErasingOptions { Probability = 1, FillMode = ErasingFill.Noise }, Image),
        new("`RandomCrop`", new RandomCropOptions(), Image),
        new("`RandomCrop`, reflect", new RandomCropOptions { PaddingMode = PaddingMode.Reflect }, Image),
        new("`RandomHorizontalFlip`", new RandomHorizontalFlipOptions(), Image),
        new("`RandomVerticalFlip`", new RandomVerticalFlipOptions(), Image),
        new("`RandomRotation`", new RandomRotationOptions(), Image),
        new("`RandomResizedCrop`", new RandomResizedCropOptions(), Image),
        new("`ColorJitter`", new ColorJitterOptions { PixelScale = PixelScale.Unit }, Image),
        new("`TrivialAugment`", new TrivialAugmentOptions { PixelScale = PixelScale.Unit }, Image),
        new("`RandAugment`", new RandAugmentOptions { PixelScale = PixelScale.Unit }, Image),
        new("sentences as they are", null),
        new("`SynonymReplacement`", new SynonymReplacementOptions()),
        new("`RandomInsertion`", new RandomInsertionOptions()),
        new("`RandomSwap`", new RandomSwapOptions()),
        new("`RandomDeletion`", new RandomDeletionOptions()),
        new("`EasyDataAugmentation`", new EasyDataAugmentationOptions()),
    ];

    /// <summary>Whether rows are sentences.</summary>
    public bool IsText => Dimensions.Length == 0;

    /// <summary>Numbers of a row; of text as many as take the memory of its characters.</summary>
    public int RowSize => IsText ? 32 : Dimensions.Aggregate(1, (size, dimension) => size * dimension);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    internal IDataView CreateRows(int count) => IsText ? MemoryView.Of(Sentences(count)) : MemoryView.Of(count, Dimensions);

    // About twelve words each.
    private static string[] Sentences(int count)
    {
        string[] subjects = ["The quick delivery", "Our new customer", "A happy little dog", "Nobody in the office"];
        string[] verbs = ["made everyone very happy", "never received the refund", "likes to run home", "wants a better price"];
        string[] ends = ["before the end of the week.", "although the weather was bad today.", "and told all of the neighbours.", "when the train finally arrived."];
        return [.. Enumerable.Range(0, count).Select(i => $"{subjects[i % 4]} {verbs[i / 4 % 4]} {ends[i / 16 % 4]}")];
    }
}
