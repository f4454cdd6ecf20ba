using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Text;

[TestClass]
public sealed class EasyDataAugmentationTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Each_of_the_four_ways_has_a_quarter()
    {
        const int rows = 20_000;
        var counts = new int[4];
        foreach (var text in _ml.Repeat(rows, new EasyDataAugmentationOptions { Thesaurus = Sentences.Toy }, "dog x y z"))
            counts[WayOf(text)]++;
        foreach (var count in counts)
            Assert.AreEqual(0.25, count / (double)rows, Sentences.Tolerance(0.25, rows));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void A_way_of_rate_zero_is_left_out_and_the_others_share_its_part(int left)
    {
        const int rows = 9_000;
        var options = new EasyDataAugmentationOptions
        {
            Thesaurus = Sentences.Toy,
            SynonymRate = left == 0 ? 0 : 0.1,
            InsertionRate = left == 1 ? 0 : 0.1,
            SwapRate = left == 2 ? 0 : 0.1,
            DeletionRate = left == 3 ? 0 : 0.1,
        };
        var ways = _ml.Repeat(rows, options, "dog x y z").ConvertAll(WayOf);
        for (var way = 0; way < 4; way++)
            Assert.AreEqual(way == left ? 0 : 1 / 3.0, ways.Count(taken => taken == way) / (double)rows, way == left ? 0 : Sentences.Tolerance(1 / 3.0, rows));
    }

    [TestMethod]
    public void Each_way_has_its_rate_and_the_options_of_synonyms()
    {
        var options = new EasyDataAugmentationOptions
        {
            Thesaurus = Sentences.Toy, StopWords = ["big"], MaxSynonyms = 1, SynonymRate = 1, InsertionRate = 0.5, SwapRate = 0.001, DeletionRate = 1,
        };
        var edited = _ml.Repeat(2000, options, "red big x y").Shares().Keys;
        Assert.Contains("scarlet big x y", edited);
        Assert.IsFalse(edited.Any(text => text.Contains("large") || text.Contains("crimson")));
        var inserted = edited.Where(text => text.Split(' ').Length > 4).ToList();
        Assert.IsTrue(inserted.TrueForAll(text => text.Split(' ').Count(word => word == "scarlet") == 2));
        CollectionAssert.IsSubsetOf(new[] { "red", "big", "x", "y" }, edited.ToArray());
    }

    [TestMethod]
    public void All_rates_zero_is_the_identity()
    {
        var options = new EasyDataAugmentationOptions { SynonymRate = 0, InsertionRate = 0, SwapRate = 0, DeletionRate = 0 };
        var view = _ml.ViewOf("some words here");
        Assert.AreSame(view, _ml.Data.Augment(view, options));
        CollectionAssert.AreEqual(new[] { "some words here", "some words here" }, _ml.Augment(options with { Copies = 1 }, "some words here"));
    }

    [TestMethod]
    public void It_takes_words_of_WordNet_by_default()
    {
        var options = new EasyDataAugmentationOptions { SwapRate = 0, DeletionRate = 0 };
        var edited = _ml.Repeat(400, options, "The child quickly runs home.").Shares();
        Assert.IsTrue(edited.ContainsKey("The kid quickly runs home."));
        Assert.IsTrue(edited.ContainsKey("The child rapidly runs home."));
        Assert.IsGreaterThan(20, edited.Count);
        Assert.IsFalse(edited.ContainsKey("The child quickly runs home."));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void Copies_stand_behind_the_row_with_ids_of_their_own(int copies)
    {
        var source = _ml.Data.LoadFromEnumerable(Example.Clusters(200));
        var view = _ml.Data.Augment(source, new EasyDataAugmentationOptions { TextColumnName = "Sentence", Copies = copies, Seed = 5 });
        var rows = view.Read();
        Assert.HasCount(200 * (copies + 1), rows);
        Assert.HasCount(rows.Count, rows.Select(row => row.Id).ToHashSet());
        CollectionAssert.AreEqual(Enumerable.Range(0, rows.Count).Select(i => i / (copies + 1)).ToArray(), rows.ConvertAll(row => row.Source));
        CollectionAssert.AreEqual(source.Read(), rows.Where((_, i) => i % (copies + 1) == 0).ToList());
        var changed = rows.Where((row, i) => row.Sentence != rows[i - (i % (copies + 1))].Sentence).Count();
        Assert.AreEqual(200 * copies, changed);

        CollectionAssert.AreEqual(rows, view.Read());
        CollectionAssert.AreEquivalent(rows, view.ReadInParallel(3));
        var fresh = view.InPass(1).Read();
        Assert.HasCount(rows.Count, fresh);
        Assert.IsGreaterThan(100, fresh.Count(row => !rows.Exists(known => known.Source == row.Source && known.Sentence == row.Sentence)));
    }

    [TestMethod]
    public void Held_out_rows_have_no_copies_and_stay()
    {
        var source = _ml.Data.Augment(_ml.Data.LoadFromEnumerable(Example.Clusters(300)), new HoldOutOptions { Fraction = 0.3 });
        var view = _ml.Data.Augment(source, new EasyDataAugmentationOptions { TextColumnName = "Sentence", Copies = 2 });
        var heldOut = source.GetColumn<bool>(HeldOutMark.ColumnName).ToList();
        var original = source.Read();
        foreach (var group in view.Read().GroupBy(row => row.Source))
        {
            Assert.AreEqual(heldOut[group.Key] ? 1 : 3, group.Count());
            Assert.AreEqual(original[group.Key].Sentence, group.First().Sentence);
        }

        var inPlace = _ml.Data.Augment(source, new EasyDataAugmentationOptions { TextColumnName = "Sentence" }).Read();
        Assert.IsTrue(inPlace.TrueForAll(row => heldOut[row.Source] == (row.Sentence == original[row.Source].Sentence)));
    }

    [TestMethod]
    public void Trees_and_linear_models_fit_behind_FeaturizeText_and_score_texts_as_they_are()
    {
        string[] good = ["A happy child laughs.", "What a great day!", "The food was good.", "I like this big red dog."];
        string[] bad = ["The car broke down again.", "Nobody came, and it rained.", "A terrible noise woke me.", "They lost the game badly."];
        var rows = Enumerable.Range(0, 40).SelectMany(_ => good.Select(text => new Opinion { Text = text, Label = true }).Concat(bad.Select(text => new Opinion { Text = text }))).ToList();
        var view = _ml.Data.LoadFromEnumerable(rows);
        foreach (var trainer in new IEstimator<ITransformer>[]
        {
            _ml.BinaryClassification.Trainers.LightGbm(numberOfIterations: 5, minimumExampleCountPerLeaf: 2), _ml.BinaryClassification.Trainers.SdcaLogisticRegression(maximumNumberOfIterations: 5),
        })
        {
            var pipeline = _ml.Transforms.Text.EasyDataAugmentation(copies: 2).Append(_ml.Transforms.Text.FeaturizeText("Features", "Text"))
                .AppendCacheCheckpoint(_ml).Append(trainer);
            var model = pipeline.Fit(view);
            var scored = model.Transform(view);
            CollectionAssert.AreEqual(rows.ConvertAll(row => row.Text), scored.GetColumn<string>("Text").ToList());
            Assert.IsGreaterThan(0.9, _ml.BinaryClassification.EvaluateNonCalibrated(scored).Accuracy);

            using var file = new MemoryStream();
            _ml.Model.Save(model, view.Schema, file);
            file.Position = 0;
            var loaded = new MLContext().Model.Load(file, out _);
            CollectionAssert.AreEqual(scored.GetColumn<float>("Score").ToArray(), loaded.Transform(view).GetColumn<float>("Score").ToArray());
        }
    }

    // 0 replacement, 1 insertion, 2 swap, 3 deletion.
    private static int WayOf(string text)
    {
        var words = text.Split(' ');
        return words.Length > 4 ? 1 : words.Length < 4 ? 3 : words.Contains("hound") ? 0 : 2;
    }

    private sealed class Opinion
    {
        public string Text { get; set; } = "";

        public bool Label { get; set; }
    }
}
