namespace Microsoft.ML.Regularization.Tests.Augmentation.Composition;

[TestClass]
public sealed class ChoiceTests
{
    private const int Count = 6000;

    private static readonly ImageShape Image = new(2, 2);

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(null, 0.5)]
    [DataRow(0.0, 0.0)]
    [DataRow(0.2, 0.2)]
    [DataRow(1.0, 1.0)]
    public void The_switch_probability_is_that_of_the_second(double? switchProbability, double expected)
    {
        // One hole in rows that have none, or a hole of all pixels: which one is seen.
        var choice = new OneOfOptions
        {
            Augmentations = [new CutoutOptions { Shape = Image, HoleSize = 1, Fill = 99 }, new CutoutOptions { Shape = Image, HoleSize = 1, Fill = -99 }],
            SwitchProbability = switchProbability,
        };
        var rows = _ml.Data.Augment(View(), choice).Read();
        var second = rows.Count(row => row.Features.Contains(-99));
        Assert.AreEqual(rows.Count, second + rows.Count(row => row.Features.Contains(99)));
        Assert.AreEqual(expected, second / (double)Count, 0.02);
    }

    [TestMethod]
    public void Several_are_equally_probable()
    {
        ValueList<AugmentationOptions> cutouts = [.. Enumerable.Range(1, 5).Select(i => new CutoutOptions { Shape = Image, HoleSize = 1, Fill = 100 + i })];
        var rows = _ml.Data.Augment(View(), new OneOfOptions { Augmentations = cutouts }).Read();
        foreach (var group in rows.GroupBy(row => row.Features.Max()))
            Assert.AreEqual(0.2, group.Count() / (double)Count, 0.02);
    }

    [TestMethod]
    public void What_is_chosen_is_what_it_is_alone()
    {
        // With a probability of one, the draws of the choice aside, rows are those that the augmentation makes.
        var rows = Example.Clusters(300);
        foreach (var row in _ml.Data.Augment(View(300), new OneOfOptions { Augmentations = [new MixupOptions { Alpha = 1 }, new CutMixOptions { Shape = Image }] }).Read())
        {
            Assert.AreEqual(1, row.Label.Sum(), 1e-5);
            var own = rows[row.Source].Features;
            var share = row.Label[row.Source % 3];
            var replaced = Enumerable.Range(0, 4).Count(i => row.Features[i] != own[i]);

            // Mixup moves all features; CutMix replaces a rectangle of the four.
            var isCutMix = replaced is 0 or 1 or 2;
            if (isCutMix)
                Assert.IsTrue(rows.Exists(partner => Enumerable.Range(0, 4).All(i => row.Features[i] == own[i] || row.Features[i] == partner.Features[i])));
            Assert.IsGreaterThanOrEqualTo(isCutMix ? 1 - replaced / 4f - 1e-6f : 0f, share);
        }
    }

    [TestMethod]
    public void Where_one_softens_labels_all_rows_have_soft_ones()
    {
        var view = _ml.Data.Augment(View(), new OneOfOptions
        {
            Augmentations = [new CutoutOptions { Shape = Image, HoleSize = 2, Fill = 99 }, new MixupOptions { Alpha = 1 }],
        });
        foreach (var row in view.Read())
        {
            Assert.HasCount(3, row.Label);
            if (row.Features.Contains(99))
                Assert.AreEqual(1, row.Label[row.Source % 3]);
        }
    }

    [TestMethod]
    public void Sometimes_leaves_the_rest_of_the_rows_as_they_are()
    {
        var original = Example.Clusters(Count);
        var view = _ml.Data.Augment(View(), new SometimesOptions { Augmentation = new MixupOptions { Alpha = 2 }, Probability = 0.3 });
        var rows = view.Read();
        var unchanged = rows.Where(row => row.Features.SequenceEqual(original[row.Source].Features)).ToList();
        Assert.AreEqual(0.7, unchanged.Count / (double)Count, 0.02);
        Assert.IsTrue(unchanged.TrueForAll(row => row.Label[row.Source % 3] == 1));
    }

    [TestMethod]
    public void Choices_nest_and_pairs_stay_pairs()
    {
        var pairs = new MixupOptions { Alpha = 1, LabelMode = LabelMode.WeightedPairs };
        var choice = new SometimesOptions
        {
            Augmentation = new OneOfOptions { Augmentations = [pairs, new CutMixOptions { Shape = Image, LabelMode = LabelMode.WeightedPairs }] },
            Probability = 0.6,
        };
        var rows = _ml.Data.Augment(View(), choice).Read();
        Assert.IsGreaterThan(Count * 3 / 2, rows.Count);
        Assert.HasCount(rows.Count, rows.Select(row => row.Id).Distinct());
        var weights = Example.Clusters(Count);
        foreach (var parents in rows.GroupBy(row => row.Source).Where(group => group.Count() == 2))
            CollectionAssert.AreEqual(parents.First().Features, parents.Last().Features);
        foreach (var single in rows.GroupBy(row => row.Source).Where(group => group.Count() == 1))
            Assert.AreEqual(weights[single.Key].Weight, single.Single().Weight);
    }

    [TestMethod]
    public void Held_out_rows_are_left_alone()
    {
        var original = Example.Clusters(Count);
        var view = HoldOutView.Create(_ml, View(), id => id.Low % 2 == 0);
        var augmented = _ml.Data.Augment(view, new OneOfOptions { Augmentations = [new MixupOptions { Alpha = 2 }, new CutoutOptions { Shape = Image, HoleSize = 2 }] });
        foreach (var row in augmented.Read().Where(row => row.Id.Low % 2 == 0))
            CollectionAssert.AreEqual(original[row.Source].Features, row.Features);
    }

    private IDataView View(int count = Count) => _ml.Data.Cache(_ml.Data.LoadFromEnumerable(Example.Clusters(count)));
}
