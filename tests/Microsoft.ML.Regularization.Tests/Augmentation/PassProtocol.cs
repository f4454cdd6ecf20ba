using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Augmentation;

/// <summary>
/// What holds for the passes over every augmentation: who opens cursors reads the same rows in each of them, shuffled or not; who asks for a pass of its own,
/// as the neural trainers do in every epoch, draws anew, whatever views of ML.NET stand between.
/// </summary>
[TestClass]
public sealed class PassProtocol
{
    private const int Rows = 120;

    private static readonly MLContext Ml = new(seed: 1);

    private static readonly Dictionary<string, Func<IDataView, IDataView>> Between = new()
    {
        ["columns"] = view => Ml.Transforms.CopyColumns("Other", "Features").Append(Ml.Transforms.NormalizeMeanVariance("Other")).Fit(view).Transform(view),
        ["selection"] = view => Ml.Transforms.SelectColumns("Id", "Features", "Label", "Weight", "Sentence").Fit(view).Transform(view),
        ["cache"] = view => Ml.Data.Cache(view),
        ["two caches"] = view => Ml.Data.Cache(Ml.Data.TakeRows(Ml.Data.Cache(view), 100)),
        ["shuffling"] = view => Ml.Data.ShuffleRows(view, seed: 1),
        ["shuffled cache"] = view => Ml.Data.ShuffleRows(Ml.Data.Cache(view), seed: 1),
        ["first rows"] = view => Ml.Data.TakeRows(view, 100),
        ["last rows"] = view => Ml.Data.SkipRows(view, 20),
        ["range"] = view => Ml.Data.FilterRowsByColumn(view, "Weight", upperBound: 1),
        ["no missing values"] = view => Ml.Data.FilterRowsByMissingValues(view, "Weight"),
        ["predicate"] = view => Ml.Data.FilterByCustomPredicate<Keyed>(view, row => row.Id % 2 == 0),
        ["predicate with a state"] = view => Ml.Data.FilterByStatefulCustomPredicate<Keyed, State>(view, (row, state) => state.Count++ < 10 && row.Id >= 0, state => state.Count = 0),
        ["mapping"] = view => Ml.Transforms.CustomMapping<Keyed, Mapped>((row, mapped) => mapped.Twice = row.Id * 2, contractName: null).Fit(view).Transform(view),
        ["mapping with a state"] = view => Ml.Transforms.StatefulCustomMapping<Keyed, Mapped, State>(
            (row, mapped, state) => mapped.Twice = row.Id + state.Count++, state => state.Count = 0, contractName: null).Fit(view).Transform(view),
        ["bootstrap"] = view => Ml.Data.BootstrapSample(view, seed: 1),
        ["half of a split"] = view => Ml.Data.TrainTestSplit(view, 0.5, seed: 1).TrainSet,
        ["held-out rows"] = view => Ml.Data.Augment(view, new HoldOutOptions { Fraction = 0.3, StratificationColumnName = "Name" }),
        ["class weights"] = view => Ml.Data.Augment(view, new ClassWeightsOptions { LabelColumnName = "Flag", ExampleWeightColumnName = "ClassWeight" }),
        ["fitted augmentation"] = view => Ml.Transforms.GaussianNoise().Fit(view).Transform(view),
        ["linear scores"] = view => Ml.Regression.Trainers.Sdca("Target", maximumNumberOfIterations: 2).Fit(view).Transform(view),
        ["network's scores"] = view => Ml.Regression.Trainers.NeuralNetwork(SmallNetwork.Options with { LabelColumnName = "Target", MaxEpochs = 1 }).Fit(view).Transform(view),
    };

    private static IEnumerable<object[]> Augmentations =>
        from options in TrainingOnlyProtocol.AllOptions.OfType<AugmentationOptions>().Append(new MixupOptions { Seed = 3, LabelMode = LabelMode.WeightedPairs })
        from isCached in new[] { true, false }
        select new object[] { options, isCached };

    private static IEnumerable<object[]> Views => Between.Keys.Select(name => new object[] { name });

    // ML.NET's stateful mapping reads its inputs without asking for them, where nobody asks for its outputs.
    private static IEnumerable<object[]> ViewsToTrainOn => Views.Where(name => !name.Contains("mapping with a state"));

    [TestMethod]
    [DynamicData(nameof(Augmentations))]
    public void Whoever_opens_a_cursor_reads_the_same_rows(AugmentationOptions options, bool isCached)
    {
        var view = View(options, isCached);
        var rows = view.Read();
        Assert.HasCount(rows.Count, rows.Select(row => row.Id).ToHashSet(), "ids are unique");
        for (var seed = 1; seed < 3; seed++)
        {
            CollectionAssert.AreEquivalent(rows, view.Read(rand: new Random(seed)));
            CollectionAssert.AreEquivalent(rows, view.ReadInParallel(3, rand: new Random(seed)));
        }

        // A Random gets through to a source that can be shuffled, where partners do not hang on the order.
        if (isCached)
            CollectionAssert.AreNotEqual(rows, view.Read(rand: new Random(1)));
    }

    [TestMethod]
    [DynamicData(nameof(Augmentations))]
    public void A_pass_of_its_own_draws_anew(AugmentationOptions options, bool isCached)
    {
        var view = (AugmentedView)View(options, isCached);
        var (rows, first, second) = (view.Read(), view.InPass(1).Read(), view.InPass(2).Read());
        CollectionAssert.AreEqual(first, view.InPass(1).Read());
        CollectionAssert.AreEqual(rows.ConvertAll(row => row.Id), first.ConvertAll(row => row.Id));
        CollectionAssert.AreEqual(rows, view.Read(), "the view itself stays as it is");
        if (view.DrawsAnew)
        {
            CollectionAssert.AreNotEqual(rows, first);
            CollectionAssert.AreNotEqual(first, second);
        }
        else
        {
            CollectionAssert.AreEqual(rows, first);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Views))]
    public void Passes_get_through_the_views_of_ML_NET(string name)
    {
        var noisy = Ml.Data.Augment(Ml.Rows(Rows), new GaussianNoiseOptions { Scale = 0.3, Seed = 5 });
        var view = Between[name](noisy);
        Assert.IsTrue(TrainingPass.Differ(view));
        var (rows, first, second) = (view.Read(), view.InPass(1).Read(), view.InPass(2).Read());

        // The same rows in the same order, with other noise.
        Assert.IsGreaterThan(5, rows.Count);
        CollectionAssert.AreEqual(rows.ConvertAll(row => (row.Id, row.Source)), first.ConvertAll(row => (row.Id, row.Source)));
        Assert.IsTrue(rows.Zip(first).All(pair => !pair.First.Features.SequenceEqual(pair.Second.Features)));
        Assert.IsTrue(second.Zip(first).All(pair => !pair.First.Features.SequenceEqual(pair.Second.Features)));
        CollectionAssert.AreEqual(first, view.InPass(1).Read());
        CollectionAssert.AreEqual(rows, view.Read());

        // What the pass has for a row is what it has behind no view at all.
        var own = noisy.InPass(1).Read().ToDictionary(row => row.Source, row => row.Features);
        Assert.IsTrue(first.TrueForAll(row => row.Features.SequenceEqual(own[row.Source])));
    }

    [TestMethod]
    [DynamicData(nameof(ViewsToTrainOn))]
    public void Epochs_differ_behind_the_views_of_ML_NET(string name)
    {
        // With next to no learning rate nothing but the rows changes the loss.
        var view = Between[name](Ml.Data.Augment(Ml.Rows(Rows), new GaussianNoiseOptions { Scale = 0.5, Seed = 5 }));
        var options = SmallNetwork.Options with { LearningRate = 1e-12, MaxEpochs = 3, ValidationFraction = 0, InputScaling = InputScaling.None };
        foreach (var caching in new[] { DataCaching.Memory, DataCaching.None })
        {
            var losses = Ml.Fit(options with { DataCaching = caching }, view).Model.History.Epochs.Select(epoch => Math.Round(epoch.TrainingLoss, 5));
            Assert.HasCount(3, losses.Distinct());
        }
    }

    [TestMethod]
    public void Where_nothing_is_drawn_the_view_itself_is_read()
    {
        var view = Ml.Data.TakeRows(Ml.Data.Augment(Ml.Rows(Rows), new LabelSmoothingOptions()), 20);
        Assert.IsFalse(TrainingPass.Differ(view));
        Assert.AreSame(view, view.InPass(1));
    }

    [TestMethod]
    public void Partners_that_a_cache_behind_an_augmentation_offers_are_offered_in_every_pass()
    {
        // Sorted by class: a partner near by is of the same class.
        var rows = Ml.Data.LoadFromEnumerable(Example.Clusters(3000).OrderBy(row => row.Label).ToList());
        var cached = Ml.Data.Cache(Ml.Data.Augment(rows, new GaussianNoiseOptions()));
        var mixed = Ml.Data.Augment(cached, new MixupOptions { Alpha = 1 }).InPass(1).Read();
        Assert.AreEqual(2 / 3.0, mixed.Count(row => row.Label.Count(share => share > 0) > 1) / 3000.0, 0.05);
        CollectionAssert.AreEqual(Enumerable.Range(0, 3000).Select(i => new DataViewRowId((ulong)i, 0)).ToList(), mixed.ConvertAll(row => row.Id));
    }

    [TestMethod]
    public void Fits_of_one_view_side_by_side_are_what_each_is_alone()
    {
        var view = Ml.Data.TakeRows(Ml.Data.Augment(Ml.Data.Augment(Ml.Rows(Rows), new GaussianNoiseOptions { Scale = 0.3, Seed = 5 }), new MixupOptions { Seed = 5 }), 100);
        var options = SmallNetwork.Options with { MaxEpochs = 4, Seed = 7, DataCaching = DataCaching.None };
        var alone = new[] { 7, 8 }.ToDictionary(seed => seed, seed => Fit(seed));
        Parallel.For(0, 6, i => SmallNetwork.AssertEqual(alone[7 + i % 2], Fit(7 + i % 2)));

        List<float[]> Fit(int seed) => SmallNetwork.Weights(new MLContext(1).Fit(options with { Seed = seed }, view).Model);
    }

    private static IDataView View(TrainingOnlyOptions options, bool isCached)
    {
        var rows = Ml.Rows(Rows);
        return Ml.Data.Augment(isCached ? Ml.Data.Cache(rows) : rows, options);
    }

    private sealed class Keyed
    {
        public int Id { get; set; }
    }

    private sealed class Mapped
    {
        public int Twice { get; set; }
    }

    private sealed class State
    {
        public int Count { get; set; }
    }
}
