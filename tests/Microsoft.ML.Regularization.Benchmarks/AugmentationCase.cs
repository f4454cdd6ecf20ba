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
        new("Mixup, rows of 64", new MixupOptions(), Table),
        new("images as they are", null, Image),
        new("Mixup, images", new MixupOptions(), Image),
        new("CutMix", new CutMixOptions(), Image),
        new("Cutout", new CutoutOptions(), Image),
    ];

    /// <summary>Whether rows are sentences.</summary>
    public bool IsText => Dimensions.Length == 0;

    /// <summary>Numbers of a row, or characters by two.</summary>
    public int RowSize => IsText ? 32 : Dimensions.Aggregate(1, (size, dimension) => size * dimension);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    internal IDataView CreateRows(int count) => MemoryView.Of(count, Dimensions);
}
