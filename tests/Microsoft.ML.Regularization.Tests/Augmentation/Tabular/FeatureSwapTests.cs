using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Randomness;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Tabular;

[TestClass]
public sealed class FeatureSwapTests
{
    // Age, Income, Job, City.
    private const int Units = 4;

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(true, false)]
    [DataRow(false, false)]
    [DataRow(true, true)]
    public void A_one_hot_block_stays_one_hot(bool isCached, bool isNormalized)
    {
        var view = Person.Featurize(_ml, Person.Generate(3000));
        if (isNormalized)
            view = _ml.Transforms.NormalizeMinMax("Features").Fit(view).Transform(view);
        var swapped = Person.ReadFeatures(_ml.Data.Augment(isCached ? _ml.Data.Cache(view) : view, new FeatureSwapOptions { Rate = 0.5 }));
        Assert.HasCount(3000, swapped);
        foreach (var row in swapped)
        {
            foreach (var (start, end) in Person.Blocks)
            {
                Assert.AreEqual(1, row[start..end].Count(value => value == 1));
                Assert.AreEqual(end - start - 1, row[start..end].Count(value => value == 0));
            }
        }
    }

    [TestMethod]
    [DataRow(0.1)]
    [DataRow(0.6)]
    public void Every_feature_is_swapped_at_the_rate_and_all_of_a_row_from_one_partner(double rate)
    {
        const int rows = 10_000;
        var people = Distinct(rows);
        var swapped = Person.ReadFeatures(_ml.Data.Augment(_ml.Data.Cache(people), new FeatureSwapOptions { Rate = rate }));
        var counts = new int[Example.FeatureCount];
        for (var i = 0; i < rows; i++)
        {
            var foreign = Enumerable.Range(0, Example.FeatureCount).Where(j => (int)swapped[i][j] != i).ToList();
            foreach (var j in foreign)
                counts[j]++;
            Assert.IsLessThanOrEqualTo(1, foreign.Select(j => (int)swapped[i][j]).Distinct().Count());
        }

        foreach (var count in counts)
            Assert.AreEqual(rate, count / (double)rows, 4 * Math.Sqrt(rate * (1 - rate) / rows));
    }

    [TestMethod]
    public void Swapped_values_are_distributed_like_their_column()
    {
        const int rows = 4000;
        var people = Person.Generate(rows);
        var view = _ml.Data.Cache(Person.Featurize(_ml, people));
        var before = Person.ReadFeatures(view);
        var after = Person.ReadFeatures(_ml.Data.Augment(view, new FeatureSwapOptions { Rate = 0.5 }));

        // Incomes are uniform over the rows.
        var incomes = before.Zip(after).Where(pair => pair.First[1] != pair.Second[1]).Select(pair => (double)pair.Second[1]).ToList();
        Assert.AreEqual(0.5, incomes.Count / (double)rows, 0.04);
        Assert.IsLessThan(2.2, GoodnessOfFit.KolmogorovSmirnov(incomes, income => Math.Clamp((income - 996.5) / (7 * rows), 0, 1)));

        // A row that has another job comes by this one at half of its share in the column.
        var (start, end) = Person.Blocks[0];
        var jobs = Enumerable.Range(start, end - start).Select(j => before.Average(row => (double)row[j])).ToArray();
        for (var k = 0; k < jobs.Length; k++)
        {
            var others = before.Zip(after).Where(pair => pair.First[start + k] == 0).ToList();
            var share = others.Average(pair => (double)pair.Second[start + k]);
            Assert.AreEqual(0.5 * jobs[k], share, 4 * Math.Sqrt(share * (1 - share) / others.Count));
        }
    }

    [TestMethod]
    public void Labels_stay_as_they_are_and_none_is_needed()
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(300));
        var swapped = _ml.Data.Augment(view, new FeatureSwapOptions { Rate = 0.5 });
        Assert.AreEqual(view.Schema["Label"].Type, swapped.Schema["Label"].Type);
        var (before, after) = (view.Read(), swapped.Read());
        Assert.IsGreaterThan(250, before.Zip(after).Count(pair => !pair.First.Features.SequenceEqual(pair.Second.Features)));
        Assert.IsTrue(before.Zip(after).All(pair => pair.First.Label.SequenceEqual(pair.Second.Label) && pair.First.Weight == pair.Second.Weight));

        var bare = _ml.Transforms.SelectColumns("Features").Fit(view).Transform(view);
        Assert.HasCount(300, Person.ReadFeatures(_ml.Data.Augment(bare, new FeatureSwapOptions { LabelColumnName = "Features" })));
    }

    [TestMethod]
    public void Labels_are_mixed_by_the_share_of_features_that_were_taken()
    {
        const int rows = 400;
        var people = Person.Generate(rows);
        people.ForEach(person => person.Age = person.Id);
        var features = Person.Featurize(_ml, people);
        var keyed = _ml.Transforms.Conversion.MapValueToKey("Key", "Id").Fit(features).Transform(features);
        var swapped = _ml.Data.Augment(keyed, new FeatureSwapOptions { Rate = 0.5, MixLabels = true, LabelColumnName = "Key" });
        var labels = swapped.GetColumn<VBuffer<float>>("Key").Select(label => label.DenseValues().ToArray()).ToList();
        var after = Person.ReadFeatures(swapped);
        var (before, shares) = (Person.ReadFeatures(features), new List<int>());
        for (var i = 0; i < rows; i++)
        {
            Assert.AreEqual(1, labels[i].Sum(), 1e-6);
            var partner = Array.FindIndex(labels[i], share => share > 0);
            if (partner == i)
                partner = Math.Max(i, Array.FindLastIndex(labels[i], share => share > 0));
            var taken = (int)Math.Round(Units * labels[i][partner]);
            if (partner == i)
                continue;

            // The label says how many features the partner gave: those that differ are its, and no more than that.
            Assert.AreEqual(taken / (float)Units, labels[i][partner], 1e-6f);
            shares.Add(taken);
            var differing = 0;
            foreach (var (start, end) in new[] { (0, 1), (1, 2) }.Concat(Person.Blocks))
            {
                if (Person.AreEqual(after[i], before[i], start, end))
                    continue;
                differing++;
                CollectionAssert.AreEqual(before[partner][start..end], after[i][start..end]);
            }

            var equal = Person.Blocks.Count(block => Person.AreEqual(before[i], before[partner], block.Start, block.End));
            Assert.IsInRange(taken - equal, taken, differing);
        }

        // Of the rows in which something was taken, the mean number is 2 / (1 - 1 / 16).
        Assert.AreEqual(2 / (1 - 1 / 16.0), shares.Average(), 0.25);
    }

    [TestMethod]
    public void Held_out_rows_neither_give_nor_take()
    {
        const int rows = 600;
        foreach (var isCached in new[] { true, false })
        {
            var source = isCached ? _ml.Data.Cache(Distinct(rows)) : Distinct(rows);
            var swapped = Person.ReadFeatures(_ml.Data.Augment(HoldOutView.Create(_ml, source, id => id.Low % 3 == 0), new FeatureSwapOptions { Rate = 0.5 }));
            for (var i = 0; i < rows; i++)
                Assert.IsTrue(swapped[i].All(value => i % 3 == 0 ? (int)value == i : (int)value % 3 != 0));
        }
    }

    [TestMethod]
    public void A_value_that_the_partner_lacks_is_taken_like_any_other()
    {
        const int rows = 3000;
        var people = Example.Clusters(rows);
        foreach (var row in people)
        {
            row.Features = [.. Enumerable.Repeat((float)row.Id, Example.FeatureCount)];
            row.Target = row.Id;
            if (row.Id % 2 == 0)
                row.Features[1] = float.NaN;
        }

        var swapped = _ml.Data.Augment(_ml.Data.Cache(_ml.Data.LoadFromEnumerable(people)), new FeatureSwapOptions { Rate = 0.5, MixLabels = true, LabelColumnName = "Target" });
        var after = Person.ReadFeatures(swapped);
        var targets = swapped.GetColumn<float>("Target").ToList();
        var foreign = new int[Example.FeatureCount];
        var (filled, emptied) = (0, 0);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < Example.FeatureCount; j++)
            {
                Assert.IsFalse(float.IsNaN(after[i][j]) && j != 1);
                foreign[j] += !float.IsNaN(after[i][j]) && (int)after[i][j] != i ? 1 : 0;
            }

            filled += i % 2 == 0 && !float.IsNaN(after[i][1]) ? 1 : 0;
            emptied += i % 2 == 1 && float.IsNaN(after[i][1]) ? 1 : 0;

            // All features and the target tell the row, so the target is the mean of what the features tell.
            if (!after[i].Any(float.IsNaN))
                Assert.AreEqual(after[i].Average(), targets[i], 1e-3f);
        }

        // Half of the rows swap the feature, with a partner of which half lack it.
        Assert.AreEqual(0.5, foreign[0] / (double)rows, 0.04);
        Assert.AreEqual(0.25, foreign[1] / (double)rows, 0.04);
        Assert.AreEqual(0.125, filled / (double)rows, 0.03);
        Assert.AreEqual(0.125, emptied / (double)rows, 0.03);
    }

    [TestMethod]
    public void Pairs_have_the_labels_of_both_rows_and_the_weights_of_their_shares()
    {
        const int rows = 500;
        var swapped = _ml.Data.Augment(
            _ml.Data.Cache(Distinct(rows)), new FeatureSwapOptions { Rate = 0.5, MixLabels = true, LabelMode = LabelMode.WeightedPairs, ExampleWeightColumnName = "Share" });
        var weights = swapped.GetColumn<float>("Share").ToList();
        var features = Person.ReadFeatures(swapped);
        Assert.AreEqual(rows, weights.Sum(), 1e-3);
        for (var i = 0; i < weights.Count; i++)
            Assert.IsTrue(weights[i] == 1 || (features[i].Distinct().Count() <= 2 && weights[i] is 0.25f or 0.5f or 0.75f or 0 or 1));
        Assert.IsGreaterThan(rows, weights.Count);
    }

    [TestMethod]
    public void Only_the_slots_that_are_named_are_swapped()
    {
        var view = _ml.Data.Cache(Person.Featurize(_ml, Person.Generate(1000)));
        var before = Person.ReadFeatures(view);
        var after = Person.ReadFeatures(_ml.Data.Augment(view, new FeatureSwapOptions { Rate = 0.5, SlotNames = ["Income", "City.Bonn"] }));
        Assert.IsTrue(before.Zip(after).All(pair => pair.First[0] == pair.Second[0] && Person.AreEqual(pair.First, pair.Second, 2, 7)));
        Assert.AreEqual(0.5, before.Zip(after).Count(pair => pair.First[1] != pair.Second[1]) / 1000.0, 0.07);
        Assert.AreEqual(0.5 * 2 / 3, before.Zip(after).Count(pair => !Person.AreEqual(pair.First, pair.Second, 7, 10)) / 1000.0, 0.07);
        Assert.IsTrue(after.TrueForAll(row => row[7..].Sum() == 1));
    }

    [TestMethod]
    public void Sparse_rows_are_swapped_like_dense_ones()
    {
        var view = Person.FeaturizeByHash(_ml, Person.Generate(300));
        var options = new FeatureSwapOptions { Rate = 0.4, Seed = 8 };
        var sparse = Person.Read(_ml.Data.Augment(_ml.Data.Cache(view), options));
        var dense = Person.ReadFeatures(_ml.Data.Augment(_ml.Data.Cache(new DenseView(_ml, view).View), options));
        for (var i = 0; i < dense.Count; i++)
            CollectionAssert.AreEqual(dense[i], sparse[i].DenseValues().ToArray());
        Assert.IsTrue(sparse.TrueForAll(row => !row.IsDense));
    }

    [TestMethod]
    public void Blocks_that_only_names_tell_are_learned_once()
    {
        var people = Person.Featurize(_ml, Person.Generate(300));
        var source = new CountingView(_ml.Data.Cache(_ml.Transforms.NormalizeMinMax("Features").Fit(people).Transform(people)));
        var view = _ml.Data.Augment(source, new FeatureSwapOptions());
        Assert.AreEqual(0, source.Cursors);
        foreach (var pass in new[] { 1, 2 })
        {
            Person.Read(view);

            // Each pass has a cursor for rows and one for partners.
            Assert.AreEqual(1 + 2 * pass, source.Cursors);
        }
    }

    [TestMethod]
    public void Rate_or_probability_zero_is_the_identity()
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(50));
        foreach (var mixLabels in new[] { true, false })
        {
            CollectionAssert.AreEqual(view.Read(), _ml.Data.Augment(view, new FeatureSwapOptions { Rate = 0, MixLabels = mixLabels }).Read());
            CollectionAssert.AreEqual(view.Read(), _ml.Data.Augment(view, new FeatureSwapOptions { Probability = 0, MixLabels = mixLabels }).Read());
        }
    }

    [TestMethod]
    public void The_schema_promised_to_later_estimators_is_the_schema_of_the_rows()
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(30));
        foreach (var options in new[] { new FeatureSwapOptions(), new FeatureSwapOptions { MixLabels = true }, new FeatureSwapOptions { MixLabels = true, LabelColumnName = "Target" } })
        {
            var promised = _ml.Transforms.FeatureSwap(options).GetOutputSchema(SchemaShapes.Of(view.Schema));
            SchemaShapes.AssertEqual(SchemaShapes.Of(_ml.Data.Augment(view, options).Schema), promised);
        }
    }

    /// <summary>Rows whose features all tell the row.</summary>
    private IDataView Distinct(int count)
    {
        var rows = Example.Clusters(count);
        rows.ForEach(row => row.Features = [.. Enumerable.Repeat((float)row.Id, Example.FeatureCount)]);
        return _ml.Data.LoadFromEnumerable(rows);
    }
}
