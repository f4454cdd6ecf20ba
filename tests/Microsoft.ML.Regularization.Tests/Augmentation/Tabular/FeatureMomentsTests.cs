using Microsoft.ML.Regularization.Tests.Randomness;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Tabular;

[TestClass]
public sealed class FeatureMomentsTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(0f, 1f)]
    [DataRow(1e6f, 1f)]
    [DataRow(-3e5f, 1e4f)]
    public void They_are_those_of_a_calculation_in_two_passes(float mean, float deviation)
    {
        var random = new Random(3);
        var values = Enumerable.Range(0, 2000).Select(_ => mean + deviation * (random.NextSingle() - 0.5f)).ToArray();
        var moments = new FeatureMoments(2);
        foreach (var value in values)
            moments.Add(1, value);

        var (means, deviations) = moments.Finish(values.Length);
        var expected = GoodnessOfFit.Moments([.. values.Select(value => (double)value)]);
        Assert.AreEqual(expected.Mean, means[1], 1e-6 * Math.Abs(expected.Mean) + 1e-6);
        Assert.AreEqual(1, deviations[1] / Math.Sqrt(expected.Variance), 1e-6);
        Assert.AreEqual((0f, 0f), (means[0], deviations[0]), "a slot that no row holds is 0 throughout");
    }

    [TestMethod]
    public void Sparse_rows_hold_zeros_and_what_is_not_finite_does_not_count()
    {
        var moments = new FeatureMoments(1);
        foreach (var value in new[] { 3f, float.NaN, 5f, float.PositiveInfinity })
            moments.Add(0, value);

        // Of seven rows two are not finite and three are zeros: 3, 5, 0, 0, 0.
        var (means, deviations) = moments.Finish(7);
        Assert.AreEqual(1.6f, means[0], 1e-6f);
        Assert.AreEqual(Math.Sqrt((9 + 25) / 5.0 - 1.6 * 1.6), deviations[0], 1e-6);
    }

    [TestMethod]
    public void Equal_values_have_no_deviation_at_all()
    {
        var moments = new FeatureMoments(1);
        for (var i = 0; i < 1000; i++)
            moments.Add(0, 0.1f);
        CollectionAssert.AreEqual(new[] { 0f }, moments.Finish(1000).Deviations);
        CollectionAssert.AreEqual(new[] { 0f }, new FeatureMoments(1).Finish(0).Deviations);
    }

    [TestMethod]
    public void Rows_that_are_held_out_are_not_learned_from()
    {
        var people = Person.Generate(500);
        var marked = HoldOutView.Create(_ml, Person.Featurize(_ml, people), id => id.Low % 3 == 0);
        var learned = LearnedFeatures.Learn(marked, FeatureColumn.Of(_ml, marked.Schema, "Features", chosen: null), withMoments: true);
        var expected = GoodnessOfFit.Moments([.. people.Where(person => person.Id % 3 != 0).Select(person => (double)person.Age)]);
        Assert.AreEqual(expected.Mean, learned.Means[0], 1e-4);
        Assert.AreEqual(Math.Sqrt(expected.Variance), learned.Deviations[0], 1e-4);
    }

    [TestMethod]
    public void The_source_is_read_once_for_a_view_and_not_before_its_first_row_is_asked_for()
    {
        var source = new CountingView(_ml.Data.Cache(Person.Featurize(_ml, Person.Generate(300))));
        var view = _ml.Data.Augment(source, new GaussianNoiseOptions());
        Assert.AreEqual((0, 0), (source.Cursors, source.Sets));

        Parallel.For(0, 4, _ => Read(view.GetRowCursorSet(view.Schema, 4)));
        Assert.AreEqual((1, 4), (source.Cursors, source.Sets), "one to learn from");
        Parallel.For(0, 4, _ => Person.Read(view, new Random(1)));
        Assert.AreEqual(5, source.Cursors);
    }

    [TestMethod]
    public void Nothing_is_read_where_nothing_must_be_learned()
    {
        foreach (var options in new TrainingOnlyOptions[] { new FeatureDropoutOptions { Replacement = FeatureReplacement.Zero }, new FeatureDropoutOptions { Replacement = FeatureReplacement.Missing } })
        {
            var source = new CountingView(Person.Featurize(_ml, Person.Generate(30)));
            Person.Read(_ml.Data.Augment(source, options));
            Assert.AreEqual(1, source.Cursors);
        }
    }

    private static void Read(DataViewRowCursor[] cursors)
    {
        Parallel.ForEach(cursors, cursor =>
        {
            using (cursor)
            {
                while (cursor.MoveNext())
                {
                }
            }
        });
    }
}
