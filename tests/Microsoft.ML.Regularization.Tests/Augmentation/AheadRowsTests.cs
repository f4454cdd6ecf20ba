using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Augmentation.Custom;

namespace Microsoft.ML.Regularization.Tests.Augmentation;

/// <summary>Rows that several threads augment are those that one thread gives, in their order, and end as those do.</summary>
[TestClass]
public sealed class AheadRowsTests
{
    private const int Rows = 40;

    private readonly MLContext _ml = new(seed: 1);

    private static IEnumerable<object[]> Cases =>
        from options in TrainingOnlyProtocol.AllOptions.OfType<AugmentationOptions>()
        from isCached in new[] { true, false }
        select new object[] { options, isCached };

    internal static IEnumerable<object[]> Chains =>
    [
        [new AugmentationOptions[] { new RandomResizedCropOptions() }],
        [new AugmentationOptions[] { new RandomResizedCropOptions(), new RandomHorizontalFlipOptions(), new ColorJitterOptions() }],
        [new AugmentationOptions[] { new RandomCropOptions(), new RandAugmentOptions { Probability = 0.5 }, new LabelSmoothingOptions() }],
        [new AugmentationOptions[] { new TrivialAugmentOptions(), new MixupOptions() }],
        [new AugmentationOptions[] { new OneOfOptions { Augmentations = [new RandomRotationOptions(), new CutMixOptions()] } }],
        [new AugmentationOptions[] { CustomAugmentationOptions.Of(new OwnShift { Most = 9 }) }],
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Every_augmentation_gives_the_same_rows_by_any_number_of_threads(AugmentationOptions options, bool isCached)
    {
        var view = _ml.Data.Augment(_ml.Data.Augment(HostileSource.Of(_ml, 200, isCached), new HoldOutOptions { Fraction = 0.2 }), options);
        foreach (var rows in new[] { view, view.InPass(5), view.InPass(6, mixesRows: false) })
        {
            var expected = rows.Read();
            for (var threads = 1; threads <= 3; threads++)
            {
                using var cursor = AheadRows.TryOpen((AugmentedView)rows, rows.Schema, null, threads);
                if (((AugmentedView)rows).ChangesEachAlone)
                    CollectionAssert.AreEqual(expected, cursor!.ReadAll());
                else
                    Assert.IsNull(cursor);
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Chains))]
    public void Images_are_the_same_by_the_team_of_the_thread_that_reads(AugmentationOptions[] chain)
    {
        foreach (var isCached in new[] { true, false })
        {
            var source = Photo.Rows(_ml, Rows);
            var view = chain.Aggregate(isCached ? _ml.Data.Cache(source) : source, (rows, options) => _ml.Data.Augment(rows, options));
            List<byte[]>? expected = null;
            for (var threads = 1; threads <= 3; threads++)
            {
                using var team = new ThreadTeam(threads);
                using var held = ThreadTeam.Use(team);
                var (isAhead, read) = Read(view);
                Assert.AreEqual(threads > 1 && (isCached || chain[^1] is not (MixupOptions or OneOfOptions)), isAhead);
                expected ??= read;
                Assert.HasCount(Rows, read);
                for (var row = 0; row < Rows; row++)
                    CollectionAssert.AreEqual(expected[row], read[row]);
            }
        }
    }

    [TestMethod]
    public void What_costs_little_is_left_to_the_thread_that_reads()
    {
        using var team = new ThreadTeam(3);
        using var held = ThreadTeam.Use(team);
        var photos = Photo.Rows(_ml, 1);
        Assert.IsTrue(IsAhead(_ml.Data.Augment(photos, new ColorJitterOptions()), "Features"));
        Assert.IsFalse(IsAhead(_ml.Data.Augment(photos, new ColorJitterOptions()), "Label"));
        Assert.IsFalse(IsAhead(_ml.Data.Augment(photos, new RandomVerticalFlipOptions()), "Features"));
        Assert.IsFalse(IsAhead(_ml.Data.Augment(_ml.Data.Cache(photos), new MixupOptions()), "Features"));
        Assert.IsFalse(IsAhead(_ml.Data.Augment(new GeneratedView(10), new GaussianNoiseOptions()), "Features"));
        Assert.IsFalse(IsAhead(_ml.Data.Augment(new GeneratedView(10), CustomAugmentationOptions.Of(new OwnShift())), "Features"));
    }

    [TestMethod]
    public void An_error_of_the_source_comes_at_its_row()
    {
        using var cursor = Open(Photo.Rows(_ml, Rows, row => _ = row == 17 ? throw new IOException("The drive is gone.") : row), new ColorJitterOptions());
        for (var row = 0; row < 17; row++)
            Assert.IsTrue(cursor.MoveNext());
        for (var attempt = 0; attempt < 2; attempt++)
            Assert.AreEqual("The drive is gone.", Assert.Throws<IOException>(() => cursor.MoveNext()).Message);
    }

    [TestMethod]
    public void An_error_of_an_augmentation_comes_to_who_reads_the_value()
    {
        var examples = Example.Clusters(Rows);
        var options = CustomAugmentationOptions.Of(new OwnRefusal { First = examples[9].Features[0] });
        using var cursor = Open(_ml.Data.LoadFromEnumerable(examples), options);
        var getter = cursor.GetGetter<VBuffer<float>>(cursor.Schema["Features"]);
        VBuffer<float> features = default;
        for (var row = 0; row < Rows; row++)
        {
            Assert.IsTrue(cursor.MoveNext());
            if (row == 9)
                Assert.AreEqual("Not this one.", Assert.Throws<InvalidDataException>(() => getter(ref features)).Message);
            else
                getter(ref features);
        }

        Assert.IsFalse(cursor.MoveNext());
    }

    [TestMethod]
    public void A_cursor_that_is_given_up_reads_little_ahead_and_closes_its_source()
    {
        var read = 0;
        var photos = new CountedView(Photo.Rows(_ml, 1000, row => read = row + 1));
        var cursor = Open(photos, new RandAugmentOptions());
        Assert.AreEqual(0, read);
        Assert.IsTrue(cursor.MoveNext());
        Assert.AreEqual(1, read);
        for (var row = 1; row < 20; row++)
            Assert.IsTrue(cursor.MoveNext());
        Assert.AreEqual(19 + 3 + 2, read);
        Assert.AreEqual(1, photos.OpenCursors);
        cursor.Dispose();
        cursor.Dispose();
        Assert.AreEqual(0, photos.OpenCursors);
        Assert.AreEqual(19 + 3 + 2, read);
    }

    [TestMethod]
    public void An_augmentation_of_the_users_own_is_never_called_by_two_threads_at_once()
    {
        using var cursor = Open(_ml.Data.LoadFromEnumerable(Example.Clusters(2000)), CustomAugmentationOptions.Of(new OwnObject()));
        var getter = cursor.GetGetter<VBuffer<float>>(cursor.Schema["Features"]);
        VBuffer<float> features = default;
        var rows = 0;
        for (; cursor.MoveNext(); rows++)
        {
            getter(ref features);
            Assert.AreEqual(1, features.GetItemOrDefault(0), "calls of one object at once");
        }

        Assert.AreEqual(2000, rows);
    }

    private AheadCursor Open(IDataView rows, AugmentationOptions options)
    {
        var view = (AugmentedView)_ml.Data.Augment(rows, options);
        return AheadRows.TryOpen(view, [view.Schema["Features"], view.Schema["Label"]], null, threads: 3)!;
    }

    private static bool IsAhead(IDataView view, string column)
    {
        using var cursor = view.GetRowCursor([view.Schema[column]]);
        return cursor is AheadCursor;
    }

    private static (bool IsAhead, List<byte[]> Rows) Read(IDataView view)
    {
        using var cursor = view.GetRowCursor(view.Schema);
        var getter = cursor.GetGetter<VBuffer<float>>(view.Schema["Features"]);
        VBuffer<float> features = default;
        var rows = new List<byte[]>();
        while (cursor.MoveNext())
        {
            getter(ref features);
            rows.Add([.. SHA256.HashData(MemoryMarshal.AsBytes(features.GetValues()))]);
        }

        return (cursor is AheadCursor, rows);
    }
}
