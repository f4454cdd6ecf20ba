using System.Diagnostics;
using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Benchmarks.Photos;

/// <summary>Photographs that are read, changed, or both.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="IsDecoded">Whether they come from files, rather than from memory.</param>
/// <param name="Augmentations">What changes them, one behind another.</param>
internal sealed record PhotoCase(string Name, bool IsDecoded, params AugmentationOptions[] Augmentations)
{
    private const int Files = 192;
    private const int Passes = 6;

    /// <summary>What photographs of objects are usually trained with.</summary>
    public static AugmentationOptions[] Usual { get; } = [new RandomResizedCropOptions(), new RandomHorizontalFlipOptions(), new ColorJitterOptions()];

    public static IReadOnlyList<PhotoCase> All { get; } =
    [
        new("decoded and made smaller", true),
        new("`RandomHorizontalFlip` in memory", false, new RandomHorizontalFlipOptions()),
        new("`RandomResizedCrop`, flip, `ColorJitter` in memory", false, Usual),
        new("`RandAugment` in memory", false, new RandAugmentOptions()),
        new("`RandomResizedCrop` of 74 x 74 in memory", false, new RandomResizedCropOptions()) { Side = 74 },
        new("`Mixup` in memory", false, new MixupOptions()),
        new("`CutMix` in memory", false, new CutMixOptions()),
        new("decoded, `RandomResizedCrop`, flip, `ColorJitter`", true, Usual),
        new("decoded, `RandAugment`", true, new RandAugmentOptions()),
        new("decoded, `RandomResizedCrop`, flip, `Mixup`", true, new RandomResizedCropOptions(), new RandomHorizontalFlipOptions(), new MixupOptions()),
    ];

    /// <summary>Rows and columns of an image.</summary>
    public int Side { get; init; } = PhotoFolder.Side;

    // As many numbers for all sizes.
    private int Rows => Files * PhotoFolder.Side * PhotoFolder.Side / (Side * Side);

    /// <summary>Measures it.</summary>
    /// <param name="folder">For files; they are made where they are not there.</param>
    public PhotoMeasurement Measure(string folder)
    {
        var ml = new MLContext(seed: 1);
        var rows = Augmentations.Aggregate(
            IsDecoded ? PhotoFolder.Load(ml, folder, Files) : MemoryView.Of(Rows, 3, Side, Side), (view, options) => ml.Data.Augment(view, options));
        var none = new PhotoSpeed(0, double.PositiveInfinity);
        var best = new PhotoMeasurement(none, none, none);
        for (var pass = 0; pass <= Passes; pass++)
        {
            best = new(
                best.Alone.Best(Measure(() => rows.GetRowCursorSet(ColumnsOf(rows), 1)[0])),
                best.Decoding.Best(Measure(() => OpenWithOneThread(rows))),
                best.Together.Best(Measure(() => rows.GetRowCursor(ColumnsOf(rows)))));
        }

        return best;
    }

    // Decoding has its threads, which are ML.NET's, all the same.
    private static DataViewRowCursor OpenWithOneThread(IDataView rows)
    {
        using var alone = ThreadTeam.UseAlone();
        return rows.GetRowCursor(ColumnsOf(rows));
    }

    private static IEnumerable<DataViewSchema.Column> ColumnsOf(IDataView rows) => [rows.Schema["Features"], rows.Schema["Label"]];

    private PhotoSpeed Measure(Func<DataViewRowCursor> open)
    {
        var before = Processor();
        var clock = Stopwatch.StartNew();
        using var cursor = open();
        var getter = cursor.GetGetter<VBuffer<float>>(cursor.Schema["Features"]);
        VBuffer<float> features = default;
        while (cursor.MoveNext())
            getter(ref features);
        return new(Rows / clock.Elapsed.TotalSeconds, (Processor() - before).TotalMilliseconds / Rows);
    }

    private static TimeSpan Processor()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
