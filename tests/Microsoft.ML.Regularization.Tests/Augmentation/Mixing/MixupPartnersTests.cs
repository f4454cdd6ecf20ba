using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Mixing;

/// <summary>Whom a row is mixed with.</summary>
[TestClass]
public sealed class MixupPartnersTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Partners_are_uniform_over_a_cached_source()
    {
        const int rows = 50;
        const int passes = 200;
        var mixed = _ml.Data.Augment(_ml.Data.Cache(OwnClasses.View(_ml, rows)), new MixupOptions { Alpha = 1 });
        var counts = new int[rows];
        var total = 0;
        for (var pass = 0; pass < passes; pass++)
        {
            foreach (var row in mixed.InPass(pass).Read())
            {
                for (var k = 0; k < rows; k++)
                {
                    if (k != row.Source && row.Label[k] > 0)
                    {
                        counts[k]++;
                        total++;
                    }
                }
            }
        }

        // A row meets itself once in fifty times.
        Assert.AreEqual(1 - 1.0 / rows, total / (double)(rows * passes), 0.01);
        var expected = total / (double)rows;
        var chiSquare = counts.Sum(count => (count - expected) * (count - expected) / expected);
        Assert.IsInRange(20, 95, chiSquare, "49 degrees of freedom");
    }

    [TestMethod]
    public void Partners_of_a_streamed_source_are_each_used_once_in_shuffled_order()
    {
        const int rows = 300;
        var streamed = _ml.Data.LoadFromEnumerable(Stream(), OwnClasses.Schema(rows));
        Assert.IsFalse(streamed.CanShuffle);
        var partners = _ml.Data.Augment(streamed, new MixupOptions { Alpha = 1 }).Read()
            .Select(row => Enumerable.Range(0, rows).FirstOrDefault(k => k != row.Source && row.Label[k] > 0, row.Source))
            .ToList();

        CollectionAssert.AreEquivalent(Enumerable.Range(0, rows).ToList(), partners);
        Assert.IsLessThan(10, partners.Where((partner, i) => partner == i).Count());

        IEnumerable<Example> Stream()
        {
            foreach (var row in OwnClasses.Rows(rows))
                yield return row;
        }
    }

    [TestMethod]
    public void A_column_that_only_shares_its_name_with_the_marks_is_left_alone()
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(20));
        var named = _ml.Transforms.CopyColumns(HeldOutMark.ColumnName, "Name").Fit(view).Transform(view);
        var expected = _ml.Data.Augment(view, new MixupOptions { Alpha = 1 }).Read();
        var mixed = _ml.Data.Augment(named, new MixupOptions { Alpha = 1 });
        CollectionAssert.AreEqual(expected, mixed.Read());
    }

    [TestMethod]
    public void One_mixup_behind_another_draws_for_itself()
    {
        // On average, each of two independent mixtures keeps half of a row's own mass.
        var options = new MixupOptions { Alpha = 0.2 };
        var twice = _ml.Data.Augment(_ml.Data.Augment(OwnClasses.View(_ml, 2000), options), options);
        Assert.AreEqual(0.25, twice.Read().Average(row => row.Label[row.Source]), 0.04);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Held_out_rows_are_neither_mixed_nor_partners(bool isCached)
    {
        const int rows = 400;
        var view = isCached ? _ml.Data.Cache(OwnClasses.View(_ml, rows)) : OwnClasses.View(_ml, rows);
        var marked = _ml.Data.Augment(view, new HoldOutOptions { Fraction = 0.3 });
        var isHeldOut = marked.GetColumn<bool>(HeldOutMark.ColumnName).ToArray();
        var original = view.Read();
        foreach (var row in _ml.Data.Augment(marked, new MixupOptions { Alpha = 1 }).Read())
        {
            if (isHeldOut[row.Source])
            {
                CollectionAssert.AreEqual(original[row.Source].Features, row.Features);
                Assert.AreEqual(1f, row.Label[row.Source]);
            }
            else
            {
                Assert.IsFalse(Enumerable.Range(0, rows).Any(k => row.Label[k] > 0 && isHeldOut[k]));
            }
        }
    }
}
