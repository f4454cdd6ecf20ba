using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Training.Data;

[TestClass]
public sealed class RowIdListTests
{
    private const int Count = 5000;

    public static IEnumerable<object[]> Sources =>
    [
        ["numbers that follow upon each other", (int row) => new DataViewRowId((ulong)row, 0)],
        ["every third", (int row) => new DataViewRowId(3UL * (ulong)row + 7, 0)],
        ["backwards", (int row) => new DataViewRowId((ulong)(Count - row), 5)],
        ["far apart", (int row) => new DataViewRowId((ulong)row << 33, 0)],
        ["at the end of the numbers", (int row) => new DataViewRowId(ulong.MaxValue - (ulong)row % 3, ulong.MaxValue)],
        ["hashes", (int row) => new DataViewRowId((ulong)row * 0x9E3779B97F4A7C15, (ulong)row * 0xC2B2AE3D27D4EB4F)],
        ["of two sources", (int row) => new DataViewRowId((ulong)row, (ulong)(row % 2))],
        ["one that leaps", (int row) => new DataViewRowId(row == 1500 ? 1UL << 40 : (ulong)row, 0)],
    ];

    [TestMethod]
    [DynamicData(nameof(Sources))]
    public void Ids_come_back_as_they_went_in(string source, Func<int, DataViewRowId> idOf)
    {
        var ids = new RowIdList();
        for (var row = 0; row < Count; row++)
            ids.Add(idOf(row));

        Assert.AreEqual(Count, ids.Count, source);
        for (var row = 0; row < Count; row++)
            Assert.AreEqual(idOf(row), ids[row], $"{source}: row {row}");
        CollectionAssert.AreEqual(Enumerable.Range(0, Count).Select(idOf).ToList(), ids.ToList(), source);
    }

    [TestMethod]
    public void Few_ids_come_back_too()
    {
        var ids = new RowIdList { new(5, 6), new(7, 8) };

        CollectionAssert.AreEqual(new DataViewRowId[] { new(5, 6), new(7, 8) }, ids.ToArray());
    }
}
