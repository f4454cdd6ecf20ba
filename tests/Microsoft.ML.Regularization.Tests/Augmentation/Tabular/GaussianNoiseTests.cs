using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Randomness;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Tabular;

[TestClass]
public sealed class GaussianNoiseTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void It_is_normal_in_units_of_each_features_deviation()
    {
        const double scale = 0.3;
        var rows = Example.Clusters(20_000);
        foreach (var row in rows)
            row.Features = [row.Features[0], 1000 + 50 * row.Features[1], row.Features[2] * 1e-3f, 7];
        var view = _ml.Data.LoadFromEnumerable(rows);
        var noisy = Person.ReadFeatures(_ml.Data.Augment(view, new GaussianNoiseOptions { Scale = scale }));

        var noise = new List<double>[3];
        for (var j = 0; j < 3; j++)
        {
            var values = rows.ConvertAll(row => (double)row.Features[j]);
            var deviation = Math.Sqrt(GoodnessOfFit.Moments(values).Variance);
            noise[j] = [.. values.Select((value, i) => (noisy[i][j] - value) / (scale * deviation))];
            Assert.IsLessThan(2.2, GoodnessOfFit.KolmogorovSmirnov(noise[j], GoodnessOfFit.NormalDistribution), $"feature {j}");
            Assert.AreEqual(1, GoodnessOfFit.Moments(noise[j]).Variance, 4 * Math.Sqrt(2.0 / rows.Count), $"feature {j}");
        }

        Assert.AreEqual(0, GoodnessOfFit.Correlation(noise[0], noise[1]), 4 / Math.Sqrt(rows.Count));
        Assert.AreEqual(0, GoodnessOfFit.Correlation(noise[1], noise[2]), 4 / Math.Sqrt(rows.Count));
        Assert.AreEqual(0, GoodnessOfFit.Correlation(noise[0][1..], noise[0][..^1]), 4 / Math.Sqrt(rows.Count), "rows are independent");
        Assert.IsTrue(noisy.TrueForAll(row => row[3] == 7), "a constant has no noise");
    }

    [TestMethod]
    public void Each_pass_has_noise_of_its_own()
    {
        var view = _ml.Data.Augment(_ml.Data.LoadFromEnumerable(Example.Clusters(100)), new GaussianNoiseOptions());
        var (first, second) = (Person.ReadFeatures(view.InPass(1)), Person.ReadFeatures(view.InPass(2)));
        Assert.IsTrue(first.Zip(second).All(pair => pair.First.Zip(pair.Second).All(values => values.First != values.Second)));
    }

    [TestMethod]
    public void Missing_values_stay_missing_and_do_not_spoil_the_deviation()
    {
        var rows = Example.Clusters(400);
        for (var i = 0; i < rows.Count; i += 4)
            rows[i].Features[2] = i % 8 == 0 ? float.NaN : float.NegativeInfinity;
        var noisy = Person.ReadFeatures(_ml.Data.Augment(_ml.Data.LoadFromEnumerable(rows), new GaussianNoiseOptions { Scale = 0.01 }));
        for (var i = 0; i < rows.Count; i++)
        {
            if (i % 4 == 0)
                Assert.AreEqual(rows[i].Features[2], noisy[i][2]);
            else
                Assert.AreEqual(rows[i].Features[2], noisy[i][2], 0.1f);
            Assert.AreNotEqual(rows[i].Features[1], noisy[i][1]);
            Assert.AreEqual(i % 4 != 0, rows[i].Features[2] != noisy[i][2] && !float.IsNaN(noisy[i][2]));
        }
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Categories_have_no_noise(bool isNormalized)
    {
        var view = Person.Featurize(_ml, Person.Generate(500));
        if (isNormalized)
            view = _ml.Transforms.NormalizeMeanVariance("Features").Fit(view).Transform(view);
        var before = Person.ReadFeatures(view);
        var noisy = Person.ReadFeatures(_ml.Data.Augment(view, new GaussianNoiseOptions()));
        for (var i = 0; i < before.Count; i++)
        {
            Assert.AreNotEqual(before[i][0], noisy[i][0]);
            Assert.AreNotEqual(before[i][1], noisy[i][1]);
            CollectionAssert.AreEqual(before[i][2..], noisy[i][2..]);
        }
    }

    [TestMethod]
    public void Only_the_slots_that_are_named_are_changed()
    {
        var view = Person.Featurize(_ml, Person.Generate(100));
        var before = Person.ReadFeatures(view);
        var noisy = Person.ReadFeatures(_ml.Data.Augment(view, new GaussianNoiseOptions { SlotNames = ["Income", "Job"] }));
        for (var i = 0; i < before.Count; i++)
        {
            Assert.AreNotEqual(before[i][1], noisy[i][1]);
            Assert.AreEqual(before[i][0], noisy[i][0]);
            CollectionAssert.AreEqual(before[i][2..], noisy[i][2..]);
        }
    }

    [TestMethod]
    public void Held_out_rows_stay_as_they_are_and_do_not_widen_the_noise()
    {
        var rows = Example.Clusters(600);
        foreach (var row in rows.Where(row => row.Id % 2 == 0))
            row.Features[0] *= 1e6f;
        var marked = HoldOutView.Create(_ml, _ml.Data.LoadFromEnumerable(rows), id => id.Low % 2 == 0);
        var noisy = Person.ReadFeatures(_ml.Data.Augment(marked, new GaussianNoiseOptions()));
        for (var i = 0; i < rows.Count; i++)
        {
            if (i % 2 == 0)
                CollectionAssert.AreEqual(rows[i].Features, noisy[i]);
            else
                Assert.AreEqual(rows[i].Features[0], noisy[i][0], 2f);
        }
    }

    [TestMethod]
    public void A_single_number_is_a_column_too()
    {
        var rows = Example.Clusters(5000);
        var view = _ml.Data.LoadFromEnumerable(rows);
        var noisy = _ml.Data.Augment(view, new GaussianNoiseOptions { FeatureColumnName = "Target", Scale = 0.5 }).GetColumn<float>("Target").ToList();
        var deviation = Math.Sqrt(GoodnessOfFit.Moments(rows.ConvertAll(row => (double)row.Target)).Variance);
        var noise = rows.Select((row, i) => (noisy[i] - row.Target) / (0.5 * deviation));
        Assert.IsLessThan(2.2, GoodnessOfFit.KolmogorovSmirnov(noise, GoodnessOfFit.NormalDistribution));
    }

    [TestMethod]
    public void Sparse_rows_get_the_noise_of_dense_ones_and_stay_sparse()
    {
        var people = Person.Generate(200);
        people[7].Age = 0;
        foreach (var view in new[] { Person.FeaturizeByHash(_ml, people), Person.Featurize(_ml, people) })
        {
            var options = new GaussianNoiseOptions { Seed = 8 };
            var sparse = Person.Read(_ml.Data.Augment(view, options));
            var dense = Person.ReadFeatures(_ml.Data.Augment(new DenseView(_ml, view).View, options));
            for (var i = 0; i < people.Count; i++)
                CollectionAssert.AreEqual(dense[i], sparse[i].DenseValues().ToArray());
            Assert.AreNotEqual(0, dense[7][0]);
            Assert.AreEqual(sparse[0].Length < 20, sparse.TrueForAll(row => row.IsDense));
        }
    }

    [TestMethod]
    public void Probability_is_the_share_of_changed_rows_and_no_scale_is_no_noise()
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(4000));
        var before = Person.ReadFeatures(view);
        var noisy = Person.ReadFeatures(_ml.Data.Augment(view, new GaussianNoiseOptions { Probability = 0.3 }));
        Assert.AreEqual(0.3, before.Zip(noisy).Count(pair => !pair.First.SequenceEqual(pair.Second)) / 4000.0, 0.03);
        CollectionAssert.AreEqual(view.Read(), _ml.Data.Augment(view, new GaussianNoiseOptions { Scale = 0 }).Read());
    }
}
