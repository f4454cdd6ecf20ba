using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Training.Data;

namespace Microsoft.ML.Regularization.Tests.Training.Scaling;

[TestClass]
public sealed class SparseStatisticsTests
{
    private const int Slots = 1100;
    private const int Rows = 200;

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Quantiles_are_those_of_the_rows_with_their_zeros(bool haveGaps)
    {
        var rows = MakeRows(haveGaps);
        var (expected, expectedImputation) = Learn(InputScaling.RobustSmoothClip, rows, areSparse: false);
        var (actual, imputation) = Learn(InputScaling.RobustSmoothClip, rows, areSparse: true);

        AssertEqual(expectedImputation, imputation);

        CollectionAssert.AreEqual(expected.Center, actual.Center);
        CollectionAssert.AreEqual(expected.Factor, actual.Factor);
        Assert.IsGreaterThan(0, actual.Center.Count(center => center != 0));
        Assert.IsGreaterThan(Slots / 2, actual.Center.Count(center => center == 0));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Standardizing_leaves_zero_where_most_numbers_are_zero(bool haveGaps)
    {
        var rows = MakeRows(haveGaps);
        var (expected, expectedImputation) = Learn(InputScaling.Standardize, rows, areSparse: false);
        var (actual, imputation) = Learn(InputScaling.Standardize, rows, areSparse: true);

        AssertEqual(expectedImputation, imputation);
        Closeness.AssertClose(expected.Factor, actual.Factor, 1e-5, "factor");
        for (var slot = Slots; slot < actual.Center.Length; slot++)
            Assert.AreEqual(expected.Center[slot] >= 0.5 ? expected.Center[slot] : 0, actual.Center[slot], $"indicator {slot}");
        for (var slot = 0; slot < Slots; slot++)
        {
            var present = rows.Select(row => row.Features[slot]).Where(float.IsFinite).ToList();
            var share = present.Count(value => value != 0) / (double)present.Count;
            Assert.AreEqual(share >= 0.5 ? expected.Center[slot] : 0, actual.Center[slot], 1e-5f, $"slot {slot}");
        }
    }

    [TestMethod]
    [DataRow(InputScaling.RobustSmoothClip)]
    [DataRow(InputScaling.Standardize)]
    public void A_sparse_row_is_scaled_to_what_a_dense_one_is(InputScaling scaling)
    {
        var rows = MakeRows();
        var table = TableRows.ReadNumbers(rows, isSparse: true);
        var scaler = InputStatistics.Learn(scaling, new MemoryDataset(table), Slots, RowSummary.Of(table), areSparse: true)!.Scaler!;
        var sparse = new SparseRows(Slots);
        foreach (var row in rows)
        {
            var (values, expected, actual) = (new List<SlotValue>(), new float[Slots], new float[Slots]);
            SparseTable.Collect(row.Features, values);
            sparse.Clear();
            sparse.Add(CollectionsMarshal.AsSpan(values), new SparseScaler(scaler));
            for (var i = 0; i < sparse.Slots.Length; i++)
                actual[sparse.Slots[i]] = sparse.Values[i];
            scaler.Apply(row.Features, expected);

            CollectionAssert.AreEqual(expected, actual);
            Assert.IsLessThan(Slots / 10, sparse.Slots.Length);
            CollectionAssert.AreEqual(sparse.Slots.ToArray().Order().Distinct().ToArray(), sparse.Slots.ToArray());
        }
    }

    // A number that all rows have and one that two thirds have stand among flags; one slot is always the same, one is below 0 at times.
    private static List<Row> MakeRows(bool haveGaps = false)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, Rows).Select(row =>
        {
            var features = new float[Slots];
            for (var i = 0; i < 12; i++)
                features[random.Next(Slots)] = random.Next(4) == 0 ? -random.NextSingle() : 1;
            (features[0], features[500], features[900]) = (2000 + random.Next(30), random.Next(3) == 0 ? 0 : random.NextSingle(), 7);
            features[901] = random.Next(5) == 0 ? random.NextSingle() : 0;
            if (haveGaps)
            {
                // Missing at times, mostly, and always.
                (features[0], features[500]) = (row % 7 == 0 ? float.NaN : features[0], row % 3 > 0 ? float.NaN : features[500]);
                (features[600 + row % 5], features[1099]) = (float.PositiveInfinity, float.NaN);
            }

            return new Row { Features = features };
        })];
    }

    private static (InputScaler Scaler, Imputation Imputation) Learn(InputScaling scaling, List<Row> rows, bool areSparse)
    {
        var table = TableRows.ReadNumbers(rows, areSparse);
        var statistics = InputStatistics.Learn(scaling, new MemoryDataset(table), Slots, RowSummary.Of(table), areSparse: areSparse)!;
        return (statistics.Scaler!, statistics.Imputation!);
    }

    private static void AssertEqual(Imputation expected, Imputation actual)
    {
        CollectionAssert.AreEqual(expected.Fill, actual.Fill);
        CollectionAssert.AreEqual(expected.Indicated, actual.Indicated);
        CollectionAssert.AreEqual(expected.Unknown, actual.Unknown);
    }

    private sealed class Row
    {
        [VectorType(Slots)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
