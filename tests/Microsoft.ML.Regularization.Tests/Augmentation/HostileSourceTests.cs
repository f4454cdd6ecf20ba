namespace Microsoft.ML.Regularization.Tests.Augmentation;

/// <summary>What every training-only transform promises of its rows, over sources that make it hard.</summary>
[TestClass]
public sealed class HostileSourceTests
{
    private const int Rows = 500;

    private readonly MLContext _ml = new(seed: 1);

    private static IEnumerable<object[]> Cases =>
        from options in TrainingOnlyProtocol.AllOptions.Concat([new MixupOptions { Seed = 3, LabelMode = LabelMode.WeightedPairs }])
        from isCached in new[] { true, false }
        select new object[] { options, isCached };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void The_first_pass_is_like_every_other(TrainingOnlyOptions options, bool isCached)
    {
        // A fresh view for each: the first pass over a cache fills it.
        var first = View(options, isCached).Read();
        var view = View(options, isCached);
        CollectionAssert.AreEquivalent(first, view.ReadInParallel(4));
        CollectionAssert.AreEqual(first, view.Read());
        CollectionAssert.AreEquivalent(first, view.Read(rand: new Random(4)));
        CollectionAssert.AreEqual(first, View(options, isCached).Read());
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void A_fresh_pass_gets_through_other_transforms(TrainingOnlyOptions options, bool isCached)
    {
        var view = View(options, isCached);
        var behind = _ml.Transforms.CopyColumns("Copy", "Features").Fit(view).Transform(view);
        CollectionAssert.AreEqual(behind.InPass(5).Read(), behind.InPass(5).Read());
        if (view is AugmentedView { DrawsAnew: true })
            Assert.AreNotEqual(Changes(behind.InPass(5).Read()), Changes(behind.InPass(6).Read()));
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void The_rows_can_be_previewed(TrainingOnlyOptions options, bool isCached) =>
        Assert.HasCount(10, View(options, isCached).Preview(10).RowView);

    [TestMethod]
    public void Partners_come_from_all_rows_of_a_cache_and_from_near_ones_of_a_stream_with_a_warning()
    {
        var log = new LogRecorder(_ml);
        var cached = _ml.Data.Augment(HostileSource.Of(_ml, 3000, isCached: true), new MixupOptions { Alpha = 1 }).Read();
        Assert.IsEmpty(log.Warnings);
        Assert.AreEqual(2 / 3.0, cached.Count(row => row.Label.Count(share => share > 0) > 1) / 3000.0, 0.05);

        var streamed = _ml.Data.Augment(HostileSource.Of(_ml, 3000, isCached: false), new MixupOptions { Alpha = 1 }).Read();
        Assert.IsTrue(log.Warnings.Any(warning => warning.Contains("AppendCacheCheckpoint")));
        Assert.HasCount(3000, streamed);
    }

    // The order of rows does not matter; what happened to them does.
    private static string Changes(List<ReadRow> rows) =>
        string.Join('\n', rows.Select(row => $"{string.Join(' ', row.Features)} {string.Join(' ', row.Label)} {row.Sentence}").Order(StringComparer.Ordinal));

    private IDataView View(TrainingOnlyOptions options, bool isCached) => _ml.Data.Augment(HostileSource.Of(_ml, Rows, isCached), options);
}
