using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Training.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Tests.Inputs;

[TestClass]
public sealed class SparseTableTests
{
    private const int Slots = 2000;

    [TestMethod]
    public void Rows_come_back_whether_they_are_kept_sparse_or_dense()
    {
        var rows = MakeRows(100, perRow: 5);
        foreach (var isSparse in new[] { true, false })
        {
            var table = TableRows.ReadNumbers(rows, isSparse);
            AssertRows(rows, table);
            table.Become(!isSparse);
            Assert.AreEqual(!isSparse, table.IsSparse);
            AssertRows(rows, table);

            var copy = new RowTable(Slots, 1, isSparse);
            copy.Add(table, 7);
            CollectionAssert.AreEqual(rows[7].Features.DenseValues().ToArray(), Features(copy, 0));
        }
    }

    [TestMethod]
    public void A_row_that_takes_the_place_of_another_may_be_longer()
    {
        var table = new SparseTable();
        table.Add([new(1, 1), new(5, 2)]);
        table.Add([new(3, 4)]);

        table.Replace(0, [new(0, 9), new(2, 8), new(7, 7)]);
        table.Replace(1, []);

        CollectionAssert.AreEqual(new SlotValue[] { new(0, 9), new(2, 8), new(7, 7) }, table[0].ToArray());
        Assert.AreEqual((0, 3L, 2), (table[1].Length, table.Values, table.Count));
    }

    [TestMethod]
    public void They_take_the_memory_of_what_is_not_zero()
    {
        var (sparse, dense) = (TableRows.ReadNumbers(MakeRows(100, perRow: 5), isSparse: true), TableRows.ReadNumbers(MakeRows(100, perRow: 5), isSparse: false));

        Assert.AreEqual(100 * Slots * sizeof(float), dense.Bytes, 10_000);
        Assert.IsLessThan(100 * 5 * 8 + 2000, sparse.Bytes);
    }

    [TestMethod]
    [DataRow(5, true)]
    [DataRow(400, false)]
    public void What_is_in_the_rows_decides_and_not_how_they_come(int perRow, bool isSparse)
    {
        foreach (var isDenseVector in new[] { false, true })
        {
            foreach (var caching in new[] { DataCaching.Memory, DataCaching.None })
            {
                var rows = MakeRows(100, perRow);
                if (isDenseVector)
                    rows.ForEach(row => row.Features = new VBuffer<float>(Slots, [.. row.Features.DenseValues()]));

                // A source may mix them.
                rows[3].Features = new VBuffer<float>(Slots, [.. rows[3].Features.DenseValues()]);
                var ml = new MLContext(seed: 1);
                var view = ml.Data.LoadFromEnumerable(rows);
                var columns = new TrainingColumns(ml, view.Schema, LearningTask.Regression, InputRequests.Of("Features"), "Label", weightName: null);
                var host = ((IHostEnvironment)ml).Register("test");
                using var channel = host.Start("test");
                var data = new TrainingSet(host, channel, view, columns, RandomKey.FromSeed(1), null, new RowCaching { Mode = caching, PoolRows = 10 });
                data.Load(validationSet: null, fraction: 0.2);

                Assert.AreEqual(isSparse, data.IsSparse);
                foreach (var part in new[] { data.Training, data.Validation })
                {
                    using var batches = part.Shuffled(default, epoch: 1, batchSize: 16, needsTwoRows: false);
                    Assert.IsTrue(batches.MoveNext());
                    Assert.AreEqual(isSparse, batches.Table.IsSparse);
                }
            }
        }
    }

    private static void AssertRows(List<Row> rows, RowTable table)
    {
        for (var row = 0; row < rows.Count; row++)
        {
            var expected = rows[row].Features.DenseValues().ToArray();
            CollectionAssert.AreEqual(expected, Features(table, row));
            var values = new List<SlotValue>();
            SparseTable.Collect(expected, values);
            CollectionAssert.AreEqual(values, table.Sparse(row).ToArray());
        }
    }

    private static float[] Features(RowTable table, int row)
    {
        var features = new float[Slots];
        table.CopyFeatures(row, features);
        return features;
    }

    private static List<Row> MakeRows(int count, int perRow)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            int[] slots = [.. Enumerable.Range(0, perRow).Select(_ => random.Next(Slots)).Distinct().Order()];
            return new Row { Features = new VBuffer<float>(Slots, slots.Length, [.. slots.Select(_ => random.NextSingle() + 0.1f)], slots), Label = random.Next(10) };
        })];
    }

    private sealed class Row
    {
        [VectorType(Slots)]
        public VBuffer<float> Features { get; set; }

        public float Label { get; set; }
    }
}
