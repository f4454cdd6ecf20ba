using QuickStart;

namespace Microsoft.ML.Regularization.Tests.Examples;

[TestClass]
public sealed class CalibrationErrorTests
{
    [TestMethod]
    public void It_is_the_distance_of_confidence_from_accuracy()
    {
        // Four rows at 0.9, three of them right, and two at 0.6, both right: (4 |0.75 - 0.9| + 2 |1 - 0.6|) / 6.
        float[][] rows = [[0.9f, 0.1f], [0.9f, 0.1f], [0.9f, 0.1f], [0.9f, 0.1f], [0.4f, 0.6f], [0.4f, 0.6f]];
        Assert.AreEqual((4 * 0.15 + 2 * 0.4) / 6, CalibrationError.Of(rows, [0, 0, 0, 1, 1, 1]), 1e-6);
    }

    [TestMethod]
    public void A_calibrated_model_has_none()
    {
        var rows = Enumerable.Repeat(new[] { 0.75f, 0.25f }, 400).ToArray();
        Assert.AreEqual(0, CalibrationError.Of(rows, [.. Enumerable.Range(0, 400).Select(i => i % 4 == 0 ? 1 : 0)]), 1e-6);
        Assert.AreEqual(0.75, CalibrationError.Of(rows, [.. Enumerable.Repeat(1, 400)]), 1e-6);
    }
}
