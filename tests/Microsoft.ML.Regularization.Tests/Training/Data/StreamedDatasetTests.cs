using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Tests.Training.Data;

[TestClass]
public sealed class StreamedDatasetTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(3);

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(100, 16, 7, false)]
    [DataRow(97, 16, 7, true)]
    [DataRow(97, 16, 7, false)]
    [DataRow(97, 16, 500, true)]
    [DataRow(97, 500, 1, true)]
    [DataRow(2, 2, 1, true)]
    [DataRow(3, 2, 1, true)]
    public void Its_batches_are_those_of_the_same_rows_in_memory(int count, int batchSize, int poolRows, bool needsTwoRows)
    {
        var table = Rows(count, poolRows).Table;
        var cached = Features(new MemoryDataset(table, poolRows).Shuffled(Key, epoch: 2, batchSize, needsTwoRows));
        foreach (var prefetches in new[] { false, true })
        {
            var rows = Rows(count, poolRows, prefetches).Rows;
            CollectionAssert.AreEqual(cached, Features(rows.Shuffled(Key, epoch: 2, batchSize, needsTwoRows)));
            CollectionAssert.AreEqual(Features(new MemoryDataset(table).InOrder(batchSize)), Features(rows.InOrder(batchSize)));
        }

        Assert.AreEqual(Sampler.CountBatches(count, batchSize, needsTwoRows), cached.Count);
    }

    [TestMethod]
    [DataRow(97, 16, 7)]
    [DataRow(96, 16, 7)]
    [DataRow(9, 16, 7)]
    public void It_drops_the_same_rows_as_in_memory(int count, int batchSize, int poolRows)
    {
        var (table, rows) = Rows(count, poolRows);
        var cached = Features(new MemoryDataset(table, poolRows).Shuffled(Key, epoch: 2, batchSize, needsTwoRows: false, dropsIncomplete: true));
        CollectionAssert.AreEqual(cached, Features(rows.Shuffled(Key, epoch: 2, batchSize, needsTwoRows: false, dropsIncomplete: true)));
        Assert.AreEqual(Math.Max(1, count / batchSize), cached.Count);
    }

    [TestMethod]
    public void Batches_that_are_skipped_change_nothing_about_those_that_follow()
    {
        var (table, streamed) = Rows(count: 100, poolRows: 20);
        foreach (Dataset rows in new Dataset[] { streamed, new MemoryDataset(table, poolRows: 20) })
        {
            var all = Features(rows.Shuffled(Key, epoch: 1, batchSize: 8, needsTwoRows: false));
            using var rest = rows.Shuffled(Key, epoch: 1, batchSize: 8, needsTwoRows: false);
            Assert.IsTrue(rest.Skip(5));
            CollectionAssert.AreEqual(all[5..], Features(rest));
            Assert.IsFalse(rest.Skip(1));
        }
    }

    [TestMethod]
    [DataRow(100, 7)]
    [DataRow(100, 99)]
    [DataRow(100, 100)]
    [DataRow(100, 1000)]
    public void A_sample_is_evenly_spread(int count, int most)
    {
        var (table, rows) = Rows(count, poolRows: 20);
        var size = Math.Min(count, most);
        var expected = Enumerable.Range(0, size).Select(i => table.Features((int)((long)i * count / size)).ToArray()).ToList();
        var sample = rows.Sample(most);
        Assert.AreEqual(size, sample.Count);
        for (var i = 0; i < size; i++)
            CollectionAssert.AreEqual(expected[i], sample.Features(i));
    }

    private (RowTable Table, StreamedDataset Rows) Rows(int count, int poolRows, bool prefetches = true)
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(count));
        var host = ((IHostEnvironment)_ml).Register("Test");
        var columns = new TrainingColumns(host, view.Schema, LearningTask.MulticlassClassification, InputRequests.Of("Features"), "Label", "Weight");
        var watch = new ReadingWatch(new FitWatch());
        var (table, pool) = (new RowTable(Example.FeatureCount, Example.ClassCount), new RowTable(Example.FeatureCount, Example.ClassCount));
        using var reader = Open();
        while (reader.MoveNext())
            table.Add(reader);
        return (table, new StreamedDataset(Open, count, pool, poolRows, prefetches));

        RowReader Open() => new RowReader(host, view, columns).Begin(watch);
    }

    /// <summary>A batch's features, targets and weights as text.</summary>
    private static List<string> Features(DataLoader batches)
    {
        using var _ = batches;
        var texts = new List<string>();
        while (batches.MoveNext())
        {
            var rows = new List<string>();
            foreach (var row in batches.Rows)
                rows.Add($"{string.Join(' ', batches.Table.Features(row))} {batches.Table.Label(row).Class} {batches.Table.Weight(row)}");
            texts.Add(string.Join('\n', rows));
        }

        return texts;
    }
}
