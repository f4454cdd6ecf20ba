using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Training.Data;

namespace Microsoft.ML.Regularization.Tests.Training.Scaling;

[TestClass]
public sealed class FlagSearchTests
{
    private const float Gap = float.NaN;
    private const int Slots = 1100;

    [TestMethod]
    public void Numbers_of_two_values_at_most_are_flags_where_rows_have_them()
    {
        // Two values; two and gaps; three; one; none; two zeros and a number; two, the second one at the end; three, the third one at the end.
        var rows = new float[][]
        {
            [0, Gap, 1, 7, Gap, 0, 5, 5],
            [1, -3, 2, 7, Gap, -0f, 5, 6],
            [0, 4, 3, 7, Gap, 2, 5, 5],
            [1, -3, 2, 7, Gap, 0, 8, 9],
        };
        CollectionAssert.AreEqual(new[] { 0, 1, 3, 4, 5, 6 }, Find(NumberRows.Table(rows)));
    }

    [TestMethod]
    public void Both_values_are_told()
    {
        CollectionAssert.AreEqual(
            new NumberFlag[] { new(0, 2, -3), new(1, 7, 7), new(2, 0, 0) }, Flags(NumberRows.Table([[2, Gap, Gap, 1], [Gap, 7, Gap, 2], [-3, 7, Gap, 3]])).ToArray());
    }

    /// <summary>By the median -3 would become 0; a number with one value has no differences.</summary>
    [TestMethod]
    public void Beside_an_embedding_robust_scales_of_both_values_are_signs()
    {
        var rows = new float[][] { [2, 7, 1], [-3, 7, 2], [-3, 7, 4], [-3, 7, 3] };
        var flags = Flags(NumberRows.Table(rows));
        var before = NumberRows.Learn(InputScaling.RobustSmoothClip, rows).Scaler!;
        var scaler = FlagScale.BesideEmbedding(before, flags)!;
        foreach (var (row, sign) in new[] { (rows[0], 1), (rows[1], -1) })
        {
            var (scaled, plain) = (new float[3], new float[3]);
            scaler.Apply(row, scaled);
            before.Apply(row, plain);
            Assert.AreEqual(sign / Math.Sqrt(1 + 1 / 9.0), scaled[0], 1e-6);
            Assert.AreEqual(0, scaled[1]);
            Assert.AreEqual(plain[2], scaled[2]);
        }

        foreach (var other in new[] { InputScaling.Standardize, InputScaling.NormalQuantiles })
        {
            var own = NumberRows.Learn(other, rows).Scaler!;
            Assert.AreSame(own, FlagScale.BesideEmbedding(own, flags));
        }

        Assert.IsNull(FlagScale.BesideEmbedding(null, flags));
    }

    /// <summary>As many columns as several threads share, against a count of distinct values.</summary>
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Sparse_rows_have_the_flags_of_the_rows_with_their_zeros(bool areSparse)
    {
        var random = new Random(3);
        var rows = Enumerable.Range(0, 60).Select(_ =>
        {
            var row = new float[Slots];
            for (var slot = 0; slot < Slots; slot++)
            {
                if (random.Next(20) == 0)
                    row[slot] = slot % 7 == 0 ? Gap : 1 + random.Next(slot % 3 + 1);
            }

            return new Row { Features = row };
        }).ToList();

        var expected = Enumerable.Range(0, Slots).Where(slot => rows.Select(row => row.Features[slot]).Where(float.IsFinite).Distinct().Count() <= 2).ToList();
        Assert.IsTrue(expected.Count is > 300 and < 1000);
        CollectionAssert.AreEqual(expected, Find(TableRows.ReadNumbers(rows, areSparse)));
    }

    private static List<int> Find(RowTable table) => [.. Flags(table).Select(flag => flag.Number)];

    private static IReadOnlyList<NumberFlag> Flags(RowTable table) => FlagSearch.Find(table, table.FeatureCount, table.IsSparse, watch: null);

    private sealed class Row
    {
        [VectorType(Slots)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
