namespace Microsoft.ML.Regularization.Tests.Training.Data;

/// <summary>Numbers of few values take a byte each, and come back bit for bit.</summary>
[TestClass]
public sealed class FeatureRowsTests
{
    private const int Width = 300;
    // One more than fill eight blocks: the last one is not packed before it is full.
    private const int Rows = 1025;

    [TestMethod]
    [DataRow(1f, 0f)]
    [DataRow(1 / 255f, 0f)]
    [DataRow(0.0123f, -117.5f)]
    public void Pixels_of_any_scale_take_a_quarter(float scale, float offset)
    {
        var rows = Filled((row, place) => ((row * 7 + place * 13) % 256 + offset) * scale);

        AssertRows(rows, Rows, (row, place) => ((row * 7 + place * 13) % 256 + offset) * scale);
        Assert.IsLessThan(0.3 * sizeof(float) * Width * Rows, rows.Bytes);
    }

    [TestMethod]
    public void What_is_not_a_number_and_zeros_of_either_sign_come_back()
    {
        float[] values = [float.NaN, -0f, 0f, float.PositiveInfinity, BitConverter.UInt32BitsToSingle(0x7FC00001), float.Epsilon];
        var rows = Filled((row, place) => values[(row + place) % values.Length]);

        AssertRows(rows, Rows, (row, place) => values[(row + place) % values.Length]);
        Assert.IsLessThan(0.3 * sizeof(float) * Width * Rows, rows.Bytes);
    }

    [TestMethod]
    public void Numbers_of_one_value_more_than_a_byte_can_tell_apart_stay_as_they_are()
    {
        var rows = Filled((row, place) => (row * Width + place) % 257);

        AssertRows(rows, Rows, (row, place) => (row * Width + place) % 257);
        Assert.AreEqual(sizeof(float) * (long)Width * Rows, rows.Bytes);
    }

    [TestMethod]
    public void Rows_behind_packed_ones_may_have_other_values()
    {
        float Value(int row, int place) => row < 512 ? place % 5 : row * 0.37f + place;
        var rows = Filled(Value);

        AssertRows(rows, Rows, Value);
        Assert.IsLessThan(0.8 * sizeof(float) * Width * Rows, rows.Bytes);
    }

    [TestMethod]
    public void Rows_that_are_kept_stay_packed()
    {
        var rows = Filled((row, place) => (row + place) % 100);
        var kept = Enumerable.Range(0, Rows).Where(row => row % 10 != 3).ToList();

        rows.Keep(row => row % 10 != 3);

        AssertRows(rows, kept.Count, (row, place) => (kept[row] + place) % 100);
        Assert.IsLessThan(0.3 * sizeof(float) * Width * kept.Count, rows.Bytes);
    }

    [TestMethod]
    public void Emptied_rows_are_filled_and_packed_anew()
    {
        var rows = Filled((row, place) => row * 0.37f + place);
        rows.Clear();
        for (var row = 0; row < Rows; row++)
            rows.Add().Fill(row % 3);

        AssertRows(rows, Rows, (row, _) => row % 3);
        Assert.IsLessThan(0.3 * sizeof(float) * Width * Rows, rows.Bytes);
    }

    [TestMethod]
    public void A_part_of_a_row_is_read()
    {
        var rows = Filled((row, place) => (row + place) % 100);
        var part = new float[20];

        rows.CopyTo(row: 5, start: 250, part);

        CollectionAssert.AreEqual(Enumerable.Range(255, 20).Select(value => (float)(value % 100)).ToArray(), part);
    }

    private static FeatureRows Filled(Func<int, int, float> value)
    {
        var rows = new FeatureRows(Width, packs: true);
        for (var row = 0; row < Rows; row++)
        {
            var numbers = rows.Add();
            for (var place = 0; place < Width; place++)
                numbers[place] = value(row, place);
        }

        return rows;
    }

    private static void AssertRows(FeatureRows rows, int count, Func<int, int, float> value)
    {
        var numbers = new float[Width];
        for (var row = 0; row < count; row++)
        {
            rows.CopyTo(row, 0, numbers);
            for (var place = 0; place < Width; place++)
                Assert.AreEqual(BitConverter.SingleToInt32Bits(value(row, place)), BitConverter.SingleToInt32Bits(numbers[place]), $"row {row}, number {place}");
        }
    }
}
