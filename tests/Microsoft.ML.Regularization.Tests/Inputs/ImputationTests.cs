using System.Runtime.InteropServices;
using System.Text.Json;

namespace Microsoft.ML.Regularization.Tests.Inputs;

[TestClass]
public sealed class ImputationTests
{
    private const float Gap = float.NaN;

    [TestMethod]
    public void Gaps_of_a_table_are_filled_and_flagged_before_its_categories()
    {
        var imputation = new Imputation { Fill = [1, 2, 3, 0], Indicated = [0, 2], Unknown = [3] };
        var input = new InputLayout { Numbers = 4, Categories = [new CategoryInput("City", 2, 5)] };
        Assert.AreEqual(8, imputation.Of(input).Width);
        CollectionAssert.AreEqual(new float[] { 1, 2, 9, 0, 1, 0, 4, 5 }, Apply(imputation, input, [Gap, Gap, 9, Gap, 4, 5]));
        CollectionAssert.AreEqual(new float[] { 7, 8, 3, 0, 0, 1, 4, 5 }, Apply(imputation, input, [7, 8, Gap, 6, 4, 5]));
    }

    [TestMethod]
    public void Gaps_of_a_sequence_are_filled_and_flagged_in_their_step()
    {
        var imputation = new Imputation { Fill = [10, 20], Indicated = [1], Steps = 3 };
        var input = new InputLayout { Numbers = 6, Steps = 3 };
        Assert.AreEqual("sequences of 3 steps of 3 numbers", imputation.Of(input).ToString());
        CollectionAssert.AreEqual(new float[] { 1, 2, 0, 10, 20, 1, 5, 20, 1 }, Apply(imputation, input, [1, 2, Gap, Gap, 5, Gap]));

        var isGiven = new bool[9];
        imputation.FindGiven([1, 2, Gap, Gap, 5, Gap], isGiven);
        CollectionAssert.AreEqual(new[] { true, true, false, false, false, false, true, false, false }, isGiven);
    }

    [TestMethod]
    public void Gaps_of_a_sparse_row_are_filled_and_flagged_as_those_of_the_dense_one()
    {
        var imputation = new Imputation { Fill = [1, 0, 3, 0, 2], Indicated = [0, 1, 4], Unknown = [3] };
        var input = new InputLayout { Numbers = 5, Categories = [new CategoryInput("City", 2, 5)] };
        foreach (var row in new float[][] { [Gap, Gap, 9, Gap, 0, 4, 0], [7, 8, Gap, 6, Gap, 0, 5], [0, Gap, 0, 0, 0, 0, 0], [0, 0, 0, 6, 0, 1, 1] })
        {
            var (sparse, filled, actual) = (new List<SlotValue>(), new List<SlotValue>(), new float[10]);
            SparseTable.Collect(row, sparse);
            SparseTable.Expand(imputation.Apply(CollectionsMarshal.AsSpan(sparse), filled), actual);
            CollectionAssert.AreEqual(Apply(imputation, input, row), actual);
            CollectionAssert.AreEqual(filled.Select(value => value.Slot).Order().Distinct().ToList(), filled.ConvertAll(value => value.Slot));
            Assert.IsTrue(filled.TrueForAll(value => value.Value != 0));
        }
    }

    [TestMethod]
    public void It_survives_JSON_and_is_checked_against_the_columns()
    {
        var imputation = new Imputation { Fill = [0.1f, -3e38f], Indicated = [1], Unknown = [0] };
        var again = JsonSerializer.Deserialize<Imputation>(JsonSerializer.Serialize(imputation, StrictJson.Options), StrictJson.Options)!;
        CollectionAssert.AreEqual(imputation.Fill, again.Fill);
        CollectionAssert.AreEqual(imputation.Indicated, again.Indicated);
        CollectionAssert.AreEqual(imputation.Unknown, again.Unknown);
        again.Check(new MLContext(), 2);
        foreach (var wrong in new[]
        {
            imputation with { Fill = [1] }, imputation with { Fill = [1, Gap] }, imputation with { Indicated = [2] }, imputation with { Indicated = [-1] },
            imputation with { Indicated = [1, 1] }, imputation with { Unknown = [1, 0] }, imputation with { Steps = 0 }, imputation with { Steps = 2 },
        })
        {
            Assert.ThrowsExactly<FormatException>(() => wrong.Check(new MLContext(), 2));
        }
    }

    private static float[] Apply(Imputation imputation, InputLayout input, float[] row)
    {
        var filled = new float[imputation.Of(input).Width];
        imputation.Apply(row, filled);
        return filled;
    }
}
