namespace Microsoft.ML.Regularization.Tests.Training.Data;

[TestClass]
public sealed class RowWeightsTests
{
    [TestMethod]
    public void Weights_of_1_take_no_memory()
    {
        var weights = Of(1, 1, 1);

        Assert.AreEqual((3, 0L, 1f), (weights.Count, weights.Bytes, weights[2]));
    }

    [TestMethod]
    public void One_that_differs_leaves_those_before_it_as_they_are()
    {
        CollectionAssert.AreEqual(new[] { 1f, 1, 0.5f, 1 }, All(Of(1, 1, 0.5f, 1)));

        var replaced = Of(1, 1, 1);
        replaced[1] = 3;
        CollectionAssert.AreEqual(new[] { 1f, 3, 1 }, All(replaced));
        replaced[1] = 1;
        CollectionAssert.AreEqual(new[] { 1f, 1, 1 }, All(replaced));
    }

    [TestMethod]
    public void Those_that_are_kept_move_up_in_their_order()
    {
        foreach (var weights in new[] { Of(1, 2, 3, 4), Of(1, 1, 1, 1) })
        {
            var expected = All(weights).Where((_, row) => row % 2 == 1).ToArray();
            weights.Keep(row => row % 2 == 1);
            CollectionAssert.AreEqual(expected, All(weights));
        }
    }

    [TestMethod]
    public void Emptied_weights_are_filled_anew()
    {
        var weights = Of(1, 2);
        weights.Clear();
        weights.Add(1);
        weights.Add(7);

        CollectionAssert.AreEqual(new[] { 1f, 7 }, All(weights));
    }

    private static RowWeights Of(params float[] values)
    {
        var weights = new RowWeights();
        foreach (var value in values)
            weights.Add(value);
        return weights;
    }

    private static float[] All(RowWeights weights) => [.. Enumerable.Range(0, weights.Count).Select(row => weights[row])];
}
