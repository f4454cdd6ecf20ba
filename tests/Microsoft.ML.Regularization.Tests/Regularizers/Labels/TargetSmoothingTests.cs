using Microsoft.ML.Regularization.Tests.Golden;

namespace Microsoft.ML.Regularization.Tests.Regularizers;

[TestClass]
public sealed class TargetSmoothingTests
{
    [TestMethod]
    public void The_worked_example_holds()
    {
        var target = new[] { 0f, 0, 1, 0 };

        TargetSmoothing.Apply(target, classes: 4, smoothing: 0.1);

        Closeness.AssertClose([0.025, 0.025, 0.925, 0.025], target, 1e-7, "target");
    }

    [TestMethod]
    public void Hard_labels_are_smoothed_as_pytorch_does()
    {
        var cases = GoldenFile.Read("cross_entropy_hard.json").GetProperty("cases").EnumerateArray()
            .Where(golden => golden.TryGetProperty("smoothed_targets", out _))
            .ToList();

        Assert.HasCount(40, cases);
        foreach (var golden in cases)
        {
            var classes = golden.GetProperty("K").GetInt32();
            var targets = OneHot([.. golden.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32())], classes);
            TargetSmoothing.Apply(targets, classes, golden.GetProperty("alpha").GetDouble());

            Closeness.AssertClose(golden.GetProperty("smoothed_targets").Numbers(), targets, 1e-7, "targets");
        }
    }

    [TestMethod]
    public void Soft_labels_are_smoothed_by_the_same_rule()
    {
        var target = new[] { 0.7f, 0.3f, 0 };

        TargetSmoothing.Apply(target, classes: 3, smoothing: 0.3);

        Closeness.AssertClose([0.59, 0.31, 0.1], target, 1e-7, "target");
    }

    [TestMethod]
    public void Zero_leaves_the_labels_as_they_are()
    {
        var target = new[] { 0.7f, 0.3f, 0 };

        TargetSmoothing.Apply(target, classes: 3, smoothing: 0);

        CollectionAssert.AreEqual(new[] { 0.7f, 0.3f, 0 }, target);
    }

    internal static float[] OneHot(int[] labels, int classes)
    {
        var targets = new float[labels.Length * classes];
        for (var row = 0; row < labels.Length; row++)
            targets[row * classes + labels[row]] = 1;
        return targets;
    }
}
