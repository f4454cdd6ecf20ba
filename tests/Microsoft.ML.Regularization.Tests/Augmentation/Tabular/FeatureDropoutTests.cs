using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Tabular;

[TestClass]
public sealed class FeatureDropoutTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(0.05)]
    [DataRow(0.3)]
    [DataRow(0.9)]
    public void Every_feature_is_dropped_at_the_rate_independently_of_the_others(double rate)
    {
        const int rows = 20_000;
        var dropped = Person.ReadFeatures(_ml.Data.Augment(
            _ml.Data.LoadFromEnumerable(Example.Clusters(rows)), new FeatureDropoutOptions { Rate = rate, Replacement = FeatureReplacement.Zero }));
        var tolerance = 4 * Math.Sqrt(rate * (1 - rate) / rows);
        for (var j = 0; j < Example.FeatureCount; j++)
        {
            Assert.AreEqual(rate, dropped.Count(row => row[j] == 0) / (double)rows, tolerance);
            for (var k = 0; k < j; k++)
                Assert.AreEqual(rate * rate, dropped.Count(row => row[j] == 0 && row[k] == 0) / (double)rows, tolerance);
        }
    }

    [TestMethod]
    public void What_is_dropped_becomes_the_mean_zero_or_missing_and_the_rest_stays()
    {
        var rows = Example.Clusters(3000);
        var view = _ml.Data.LoadFromEnumerable(rows);
        var means = Enumerable.Range(0, Example.FeatureCount).Select(j => rows.Average(row => (double)row.Features[j])).ToArray();
        foreach (var replacement in Enum.GetValues<FeatureReplacement>())
        {
            var changed = Person.ReadFeatures(_ml.Data.Augment(view, new FeatureDropoutOptions { Rate = 0.5, Replacement = replacement, Seed = 4 }));
            var count = 0;
            for (var i = 0; i < rows.Count; i++)
            {
                for (var j = 0; j < Example.FeatureCount; j++)
                {
                    if (changed[i][j] == rows[i].Features[j])
                        continue;
                    count++;
                    var expected = replacement switch { FeatureReplacement.Mean => means[j], FeatureReplacement.Zero => 0, _ => double.NaN };
                    Assert.AreEqual(expected, changed[i][j], 1e-5);
                }
            }

            Assert.AreEqual(0.5, count / (double)(rows.Count * Example.FeatureCount), 0.02);
        }
    }

    [TestMethod]
    [DataRow(FeatureReplacement.Mean)]
    [DataRow(FeatureReplacement.Zero)]
    [DataRow(FeatureReplacement.Missing)]
    public void A_one_hot_block_is_dropped_as_a_whole(FeatureReplacement replacement)
    {
        const double rate = 0.3;
        var view = Person.Featurize(_ml, Person.Generate(6000));
        var before = Person.ReadFeatures(view);
        var after = Person.ReadFeatures(_ml.Data.Augment(view, new FeatureDropoutOptions { Rate = rate, Replacement = replacement }));
        foreach (var (start, end) in Person.Blocks)
        {
            var shares = Enumerable.Range(start, end - start).Select(j => before.Average(row => row[j])).ToArray();
            var dropped = 0;
            for (var i = 0; i < before.Count; i++)
            {
                if (Person.AreEqual(before[i], after[i], start, end))
                {
                    Assert.AreEqual(1, after[i][start..end].Count(value => value == 1));
                    continue;
                }

                dropped++;
                for (var j = start; j < end; j++)
                {
                    var expected = replacement switch { FeatureReplacement.Mean => shares[j - start], FeatureReplacement.Zero => 0, _ => float.NaN };
                    Assert.AreEqual(expected, after[i][j], 1e-5f);
                }
            }

            Assert.AreEqual(rate, dropped / (double)before.Count, 4 * Math.Sqrt(rate * (1 - rate) / before.Count));
        }
    }

    [TestMethod]
    public void Naming_a_slot_of_a_block_means_the_block()
    {
        var view = Person.Featurize(_ml, Person.Generate(1000));
        var before = Person.ReadFeatures(view);
        var options = new FeatureDropoutOptions { Rate = 0.5, Replacement = FeatureReplacement.Zero, Seed = 3 };
        var bySlot = Person.ReadFeatures(_ml.Data.Augment(view, options with { SlotNames = ["City.Oslo"] }));
        for (var i = 0; i < before.Count; i++)
            CollectionAssert.AreEqual(before[i][..7], bySlot[i][..7]);
        Assert.AreEqual(0.5, bySlot.Count(row => row[7..].All(value => value == 0)) / 1000.0, 0.07);
        Assert.AreEqual(0.5, bySlot.Count(row => row[7..].Sum() == 1) / 1000.0, 0.07);
    }

    [TestMethod]
    public void The_mean_is_that_of_the_rows_that_are_not_held_out()
    {
        var rows = Example.Clusters(600);
        foreach (var row in rows.Where(row => row.Id % 2 == 0))
            row.Features[0] = 1e6f;
        var mean = rows.Where(row => row.Id % 2 == 1).Average(row => row.Features[0]);
        var marked = HoldOutView.Create(_ml, _ml.Data.LoadFromEnumerable(rows), id => id.Low % 2 == 0);
        var changed = Person.ReadFeatures(_ml.Data.Augment(marked, new FeatureDropoutOptions { Rate = 0.5 }));
        for (var i = 0; i < rows.Count; i++)
        {
            if (i % 2 == 0)
                CollectionAssert.AreEqual(rows[i].Features, changed[i]);
            else if (changed[i][0] != rows[i].Features[0])
                Assert.AreEqual(mean, changed[i][0], 1e-5f);
        }
    }

    [TestMethod]
    [DataRow(FeatureReplacement.Mean)]
    [DataRow(FeatureReplacement.Zero)]
    [DataRow(FeatureReplacement.Missing)]
    public void Sparse_rows_are_changed_like_dense_ones(FeatureReplacement replacement)
    {
        var view = Person.FeaturizeByHash(_ml, Person.Generate(300));
        var options = new FeatureDropoutOptions { Rate = 0.3, Replacement = replacement, Seed = 8 };
        var sparse = Person.Read(_ml.Data.Augment(view, options));
        var dense = Person.ReadFeatures(_ml.Data.Augment(new DenseView(_ml, view).View, options));
        for (var i = 0; i < dense.Count; i++)
            CollectionAssert.AreEqual(dense[i], sparse[i].DenseValues().ToArray());
        Assert.IsTrue(sparse.Exists(row => !row.IsDense));
        Assert.AreEqual(replacement == FeatureReplacement.Zero, sparse.TrueForAll(row => !row.IsDense));
    }

    [TestMethod]
    public void A_single_number_is_a_column_too()
    {
        var rows = Example.Clusters(2000);
        var changed = _ml.Data.Augment(_ml.Data.LoadFromEnumerable(rows), new FeatureDropoutOptions { FeatureColumnName = "Target", Rate = 0.2 })
            .GetColumn<float>("Target").ToList();
        var mean = rows.Average(row => row.Target);
        Assert.AreEqual(0.2, rows.Zip(changed).Count(pair => pair.First.Target != pair.Second) / 2000.0, 0.04);
        Assert.IsTrue(rows.Zip(changed).All(pair => pair.First.Target == pair.Second || Math.Abs(pair.Second - mean) < 1e-5));
    }

    [TestMethod]
    public void Rate_or_probability_zero_is_the_identity()
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(50));
        CollectionAssert.AreEqual(view.Read(), _ml.Data.Augment(view, new FeatureDropoutOptions { Rate = 0 }).Read());
        CollectionAssert.AreEqual(view.Read(), _ml.Data.Augment(view, new FeatureDropoutOptions { Probability = 0 }).Read());
    }
}
