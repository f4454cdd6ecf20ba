using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Splitting;

[TestClass]
public sealed class FoldAssignmentTests
{
    private const int Folds = 5;

    private static readonly RandomKey Key = RandomKey.FromSeed(3);

    /// <summary>A frequent class, a rare one, one with fewer rows than folds and one with a single row.</summary>
    private static readonly int[] Classes = [.. Enumerable.Range(0, 200).Select(row => row switch { < 150 => 0, < 196 => 1, < 199 => 2, _ => 3 })];

    [TestMethod]
    public void Every_fold_has_its_share_of_every_class()
    {
        var folds = new FoldAssignment(Folds, Key).Deal(Ids(Classes.Length), Classes, groups: []);
        for (var k = 0; k < 4; k++)
        {
            var counts = Enumerable.Range(0, Folds).Select(fold => folds.Where((own, row) => own == fold && Classes[row] == k).Count()).ToList();
            Assert.IsLessThanOrEqualTo(1, counts.Max() - counts.Min(), $"class {k}: {string.Join(", ", counts)}");
        }

        var sizes = Enumerable.Range(0, Folds).Select(fold => folds.Count(own => own == fold)).ToList();
        Assert.IsLessThanOrEqualTo(2, sizes.Max() - sizes.Min());
    }

    [TestMethod]
    public void The_fold_of_a_row_depends_on_the_key_and_not_on_the_order_of_rows()
    {
        var ids = Ids(Classes.Length);
        var folds = new FoldAssignment(Folds, Key).Deal(ids, Classes, groups: []);
        var reversed = new FoldAssignment(Folds, Key).Deal([.. ids.AsEnumerable().Reverse()], [.. Classes.Reverse()], groups: []);
        CollectionAssert.AreEqual(folds, reversed.Reverse().ToArray());
        CollectionAssert.AreNotEqual(folds, new FoldAssignment(Folds, RandomKey.FromSeed(4)).Deal(ids, Classes, groups: []));
    }

    [TestMethod]
    public void Rows_of_a_group_stay_together_and_classes_nearly_balanced()
    {
        // 70 groups of one to seven rows, and some rows of none.
        var random = new Random(1);
        var groups = Enumerable.Range(0, Classes.Length).Select(_ => random.Next(80) is var group && group < 70 ? (ulong)group : default(ulong?)).ToList();
        var folds = new FoldAssignment(Folds, Key).Deal(Ids(Classes.Length), Classes, groups);
        foreach (var group in groups.Index().Where(own => own.Item is not null).GroupBy(own => own.Item))
            Assert.HasCount(1, group.Select(own => folds[own.Index]).Distinct());
        var sizes = Enumerable.Range(0, Folds).Select(fold => folds.Count(own => own == fold)).ToList();
        Assert.IsLessThanOrEqualTo(8, sizes.Max() - sizes.Min(), string.Join(", ", sizes));
        var rare = Enumerable.Range(0, Folds).Select(fold => folds.Where((own, row) => own == fold && Classes[row] == 1).Count()).ToList();
        Assert.IsLessThanOrEqualTo(6, rare.Max() - rare.Min(), string.Join(", ", rare));
    }

    [TestMethod]
    public void As_many_rows_as_folds_give_one_to_each()
    {
        var folds = new FoldAssignment(Folds, Key).Deal(Ids(Folds), [0, 1, 0, 1, 2], groups: []);
        CollectionAssert.AreEquivalent(new[] { 0, 1, 2, 3, 4 }, folds);
    }

    private static DataViewRowId[] Ids(int count) => [.. Enumerable.Range(0, count).Select(row => new DataViewRowId((ulong)row, 0))];
}
