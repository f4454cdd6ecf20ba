using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Tests.Training.Data;

[TestClass]
public sealed class TrainingSetTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void A_fraction_is_taken_of_every_class_and_at_least_one_row()
    {
        var rows = Example.Clusters(125);
        rows.ForEach(row => row.Label = row.Id < 100 ? 0u : row.Id < 120 ? 1u : 2u);
        var data = Load(_ml.Data.LoadFromEnumerable(rows), fraction: 0.1);
        CollectionAssert.AreEqual(new[] { 10, 2, 1 }, Counts(data.Validation));
        CollectionAssert.AreEqual(new[] { 90, 18, 4 }, Counts(data.Training));
    }

    [TestMethod]
    public void Rows_set_aside_stay_aside_in_every_epoch_of_augmented_rows()
    {
        // Soft labels, mixed with probability 0.03, and by uniform shares: nearly every row can be told by its features.
        var view = _ml.Data.Augment(_ml.Data.LoadFromEnumerable(Example.Clusters(200)), new MixupOptions { Alpha = 1, Probability = 0.03 });
        var data = Load(view, fraction: 0.25);
        var aside = Rows(data.Validation).ToHashSet();
        Assert.HasCount((int)data.Validation.Count, aside);
        // A mixed row may be of another class than the row that it was.
        Assert.IsInRange(48, 52, aside.Count);
        var previous = Rows(data.Training);
        for (var epoch = 2; epoch < 6; epoch++)
        {
            data.BeginEpoch(epoch);
            Assert.AreEqual(200 - aside.Count, data.Training.Count);
            Assert.IsFalse(Rows(data.Training).Exists(aside.Contains));
            CollectionAssert.AreNotEqual(previous, Rows(data.Training), "a fresh pass");
            previous = Rows(data.Training);
        }
    }

    [TestMethod]
    public void Marked_rows_are_the_validation_rows_and_no_others()
    {
        var marked = _ml.Data.Augment(_ml.Data.LoadFromEnumerable(Example.Clusters(200)), new HoldOutOptions { Fraction = 0.3 });
        var data = Load(_ml.Data.Augment(marked, new MixupOptions { Alpha = 1 }), fraction: 0.25);
        var original = Example.Clusters(200).Select(row => string.Join(' ', row.Features)).ToHashSet();
        Assert.IsTrue(Rows(data.Validation).TrueForAll(original.Contains), "validation rows are as they were");
        Assert.IsLessThan(10, Rows(data.Training).Count(original.Contains), "training rows are mixed");
        Assert.AreEqual(200, data.Training.Count + data.Validation.Count);
    }

    [TestMethod]
    public void Rows_that_are_not_augmented_are_read_once()
    {
        var reads = 0;
        var data = Load(_ml.Data.LoadFromEnumerable(Counted()), fraction: 0);
        data.BeginEpoch(1);
        data.BeginEpoch(2);
        data.BeginEpoch(3);
        Assert.AreEqual(1, reads);

        IEnumerable<Example> Counted()
        {
            reads++;
            foreach (var row in Example.Clusters(30))
                yield return row;
        }
    }

    private TrainingSet Load(IDataView view, double fraction)
    {
        var host = ((IHostEnvironment)_ml).Register("Test");
        using var channel = host.Start("Test");
        var columns = new TrainingColumns(host, view.Schema, LearningTask.MulticlassClassification, InputRequests.Of("Features"), "Label", weightName: null);
        var data = new TrainingSet(host, channel, view, columns, RandomKey.FromSeed(1));
        data.Load(validationSet: null, fraction);
        return data;
    }

    private static int[] Counts(Dataset rows) => Counts(((MemoryDataset)rows).Table);

    private static int[] Counts(RowTable table) =>
        [.. Enumerable.Range(0, table.TargetSize).Select(k => Enumerable.Range(0, table.Count).Count(row => table.MostProbableClass(row) == k))];

    private static List<string> Rows(Dataset rows) => Rows(((MemoryDataset)rows).Table);

    private static List<string> Rows(RowTable table) => [.. Enumerable.Range(0, table.Count).Select(row => string.Join(' ', table.Features(row)))];
}
