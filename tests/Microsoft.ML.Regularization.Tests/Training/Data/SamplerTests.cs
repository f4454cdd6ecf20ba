using Microsoft.ML.Regularization.Tests.Randomness;

namespace Microsoft.ML.Regularization.Tests.Training.Data;

[TestClass]
public sealed class SamplerTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(31);

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(1000)]
    public void A_shuffle_is_a_permutation(int count) =>
        CollectionAssert.AreEqual(Enumerable.Range(0, count).ToArray(), Sampler.Shuffle(count, Key, epoch: 1).Order().ToArray());

    [TestMethod]
    [DataRow(3, 6)]
    [DataRow(4, 24)]
    public void Every_permutation_is_equally_likely(int count, int permutations)
    {
        var counts = new Dictionary<string, long>();
        for (var epoch = 0; epoch < 24_000; epoch++)
        {
            var order = string.Concat(Sampler.Shuffle(count, Key, epoch));
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        Assert.HasCount(permutations, counts);
        Assert.IsLessThan(5.0, GoodnessOfFit.UniformChiSquare(counts.Values));
    }

    [TestMethod]
    public void Every_epoch_has_an_order_of_its_own_and_repeats_it()
    {
        CollectionAssert.AreEqual(Sampler.Shuffle(50, Key, epoch: 1), Sampler.Shuffle(50, Key, epoch: 1));
        CollectionAssert.AreNotEqual(Sampler.Shuffle(50, Key, epoch: 1), Sampler.Shuffle(50, Key, epoch: 2));
        CollectionAssert.AreNotEqual(Sampler.Shuffle(50, Key, epoch: 1), Sampler.Shuffle(50, RandomKey.FromSeed(32), epoch: 1));
    }

    [TestMethod]
    public void Batches_cover_all_rows_once_and_in_order()
    {
        for (var count = 0; count <= 40; count++)
        {
            for (var batchSize = 1; batchSize <= 45; batchSize++)
            {
                AssertCovers(count, batchSize, needsTwoRows: false);
                AssertCovers(count, batchSize, needsTwoRows: true);
            }
        }
    }

    [TestMethod]
    public void The_last_batch_has_what_is_left() =>
        CollectionAssert.AreEqual((int[])[4, 4, 1], Sizes(9, 4, needsTwoRows: false));

    [TestMethod]
    public void A_single_row_that_is_left_joins_the_batch_before_where_two_are_needed()
    {
        CollectionAssert.AreEqual((int[])[4, 5], Sizes(9, 4, needsTwoRows: true));
        CollectionAssert.AreEqual((int[])[4, 4, 2], Sizes(10, 4, needsTwoRows: true));
        CollectionAssert.AreEqual((int[])[4, 4], Sizes(8, 4, needsTwoRows: true));
        CollectionAssert.AreEqual((int[])[5], Sizes(5, 4, needsTwoRows: true));
        CollectionAssert.AreEqual((int[])[3], Sizes(3, 2, needsTwoRows: true));
    }

    [TestMethod]
    public void A_batch_size_beyond_the_rows_gives_one_batch() => CollectionAssert.AreEqual((int[])[7], Sizes(7, int.MaxValue, needsTwoRows: true));

    [TestMethod]
    public void Rows_that_do_not_fill_a_batch_are_dropped_unless_there_is_no_other()
    {
        CollectionAssert.AreEqual((int[])[4, 4], Sizes(9, 4, needsTwoRows: true, drops: true));
        CollectionAssert.AreEqual((int[])[4, 4], Sizes(11, 4, needsTwoRows: false, drops: true));
        CollectionAssert.AreEqual((int[])[4, 4], Sizes(8, 4, needsTwoRows: false, drops: true));
        CollectionAssert.AreEqual((int[])[3], Sizes(3, 4, needsTwoRows: false, drops: true));
        for (var count = 1; count <= 40; count++)
        {
            for (var batchSize = 1; batchSize <= 45; batchSize++)
                Assert.AreEqual(Sampler.Cut(count, batchSize, false, true).Count(), Sampler.CountBatches(count, batchSize, false, true));
        }
    }

    private static void AssertCovers(int count, int batchSize, bool needsTwoRows)
    {
        var what = $"{count} rows in batches of {batchSize}";
        var rows = Enumerable.Range(0, count).ToArray();
        var batches = Sampler.Cut(count, batchSize, needsTwoRows).Select(range => rows[range]).ToList();

        CollectionAssert.AreEqual(rows, batches.SelectMany(batch => batch).ToArray(), what);
        // The buffers of a run hold one row more than the batch size.
        Assert.IsTrue(batches.All(batch => batch.Length >= 1 && batch.Length <= batchSize + (needsTwoRows ? 1 : 0)), what);
        if (needsTwoRows && batchSize >= 2 && count >= 2)
            Assert.IsTrue(batches.All(batch => batch.Length >= 2), what);
    }

    private static int[] Sizes(int count, int batchSize, bool needsTwoRows, bool drops = false) =>
        [.. Sampler.Cut(count, batchSize, needsTwoRows, drops).Select(range => range.GetOffsetAndLength(count).Length)];
}
