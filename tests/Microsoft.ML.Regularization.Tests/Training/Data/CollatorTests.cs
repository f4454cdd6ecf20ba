using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Networks;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Training.Data;

[TestClass]
public sealed class CollatorTests
{
    private static RowTable Table => TableRows.Read(
        new TableRows.HardRow { Features = [1, 2], Label = 2, Weight = 1 },
        new TableRows.HardRow { Features = [3, 4], Label = 0, Weight = 2 },
        new TableRows.HardRow { Features = [5, 6], Label = 1, Weight = 3 });

    [TestMethod]
    public void A_batch_has_the_asked_rows_in_the_asked_order()
    {
        using var scope = torch.NewDisposeScope();
        using var batches = new Collator(TableRows.Plain, 3, 2, 3, torch.CPU);

        var (features, targets, _) = batches.Gather(Table, [2, 0], labelSmoothing: 0);

        CollectionAssert.AreEqual(new long[] { 2, 2 }, features.Rows!.shape);
        CollectionAssert.AreEqual(new[] { 5f, 6, 1, 2 }, features.Rows!.data<float>().ToArray());
        CollectionAssert.AreEqual(new long[] { 2, 3 }, targets.shape);
        CollectionAssert.AreEqual(new[] { 0f, 1, 0, 0, 0, 1 }, targets.data<float>().ToArray());
    }

    [TestMethod]
    public void A_batch_keeps_nothing_of_the_one_before()
    {
        using var scope = torch.NewDisposeScope();
        using var batches = new Collator(TableRows.Plain, 3, 2, 3, torch.CPU);
        _ = batches.Gather(Table, [0, 1, 2], labelSmoothing: 0.3);
        _ = batches.Gather(Table, [2, 1, 0], labelSmoothing: 0.3);

        var (features, targets, factors) = batches.Gather(Table, [1], labelSmoothing: 0.3);

        CollectionAssert.AreEqual(new[] { 3f, 4 }, features.Rows!.data<float>().ToArray());
        Closeness.AssertClose([0.8, 0.1, 0.1], targets.data<float>().ToArray(), 1e-6, "targets");
        CollectionAssert.AreEqual(new long[] { 1 }, factors.shape);
    }

    [TestMethod]
    public void A_batch_larger_than_the_first_room_finds_room()
    {
        var left = LiveTensors.LeftBy(() =>
        {
            using var scope = torch.NewDisposeScope();
            using var batches = new Collator(TableRows.Plain, 1, 2, 3, torch.CPU);
            var (features, _, factors) = batches.Gather(Table, [0, 1, 2], labelSmoothing: 0);
            CollectionAssert.AreEqual(new[] { 1f, 2, 3, 4, 5, 6 }, features.Rows!.data<float>().ToArray());
            CollectionAssert.AreEqual(new long[] { 3 }, factors.shape);
        });
        Assert.AreEqual(0, left);
    }

    [TestMethod]
    public void Factors_are_the_weights_over_the_rows_times_the_mean_weight()
    {
        using var scope = torch.NewDisposeScope();
        using var batches = new Collator(TableRows.Plain, 3, 2, 3, torch.CPU, meanWeight: 2);

        var (_, _, factors) = batches.Gather(Table, [2, 0], labelSmoothing: 0);

        Closeness.AssertClose([3.0 / (2 * 2), 1.0 / (2 * 2)], factors.data<float>().ToArray(), 1e-6, "factors");
    }

    [TestMethod]
    public void The_factors_of_equal_weights_add_up_to_one_in_every_batch()
    {
        using var scope = torch.NewDisposeScope();
        using var batches = new Collator(TableRows.Plain, 3, 2, 3, torch.CPU, meanWeight: 7);
        var rows = Enumerable.Range(0, 3).Select(i => new TableRows.HardRow { Features = [i, i], Label = 0, Weight = 7 }).ToArray();
        var table = TableRows.Read(rows);

        Assert.AreEqual(1, batches.Gather(table, [0, 1, 2], labelSmoothing: 0).RowFactors.sum().item<float>(), 1e-6);
        Assert.AreEqual(1, batches.Gather(table, [1], labelSmoothing: 0).RowFactors.sum().item<float>(), 1e-6);
    }

    [TestMethod]
    [DoNotParallelize]
    public void Disposing_leaves_no_tensor_behind()
    {
        var table = Table;

        Assert.AreEqual(0, LiveTensors.LeftBy(() =>
        {
            using var scope = torch.NewDisposeScope();
            using var batches = new Collator(TableRows.Plain, 3, 2, 3, torch.CPU);
            _ = batches.Gather(table, [0], labelSmoothing: 0);
        }));
    }

    [TestMethod]
    public void Batches_of_one_size_allocate_nothing_but_what_TorchSharp_does_for_a_look_into_a_tensor()
    {
        var table = Table;
        for (var row = 0; row < 1000; row++)
            table.Add(table, row % 3);
        using var batches = new Collator(TableRows.Plain, 10, 2, 3, torch.CPU);
        using var order = new MemoryDataset(table).Shuffled(RandomKey.FromSeed(1), epoch: 1, batchSize: 10, needsTwoRows: false);
        Assert.IsTrue(order.Skip(5));
        Gather();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 0; step < 90; step++)
            Gather();
        var gathered = GC.GetAllocatedBytesForCurrentThread() - before;
        using var tensor = FloatTensors.Empty(10, 2);
        before = GC.GetAllocatedBytesForCurrentThread();
        for (var look = 0; look < 90 * 3; look++)
            _ = tensor.bytes;
        Assert.IsLessThanOrEqualTo(GC.GetAllocatedBytesForCurrentThread() - before, gathered);

        void Gather()
        {
            order.MoveNext();
            batches.Gather(order.Table, order.Rows, labelSmoothing: 0.1);
        }
    }
}
