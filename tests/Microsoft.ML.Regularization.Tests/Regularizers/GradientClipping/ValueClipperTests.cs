using Microsoft.ML.Regularization.Tests.Golden;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Regularizers;

[TestClass]
public sealed class ValueClipperTests
{
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void It_clips_as_pytorch_does(bool useSpans)
    {
        var cases = GoldenFile.Read("clip_grad.json").GetProperty("value_cases").EnumerateArray().ToList();

        Assert.HasCount(2, cases);
        foreach (var golden in cases)
        {
            var bound = golden.GetProperty("clip_value").GetDouble();
            var clipped = GradientClipperTests.Clip(GradientClipping.ByValue(bound), golden.GetProperty("grads").Floats(), useSpans);

            Closeness.AssertClose(golden.GetProperty("clipped").Numbers(), clipped, 1e-6, $"bound {bound}");
        }
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Components_within_the_bound_are_not_touched(bool useSpans)
    {
        float[] gradient = [0.5f, -0.5f, 0.1f, -0.1f, 0, 1e-30f];

        CollectionAssert.AreEqual(gradient, GradientClipperTests.Clip(GradientClipping.ByValue(0.5), gradient, useSpans));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(15)]
    [DataRow(16)]
    [DataRow(1003)]
    public void Spans_and_tensors_are_clamped_alike(int length)
    {
        var random = new Random(length);
        var gradients = Enumerable.Range(0, length).Select(_ => 2 * random.NextSingle() - 1).ToArray();
        using var tensor = torch.tensor(gradients);

        ValueClipper.Clamp(gradients, 0.3);
        ValueClipper.Clamp(tensor, 0.3);

        CollectionAssert.AreEqual(tensor.data<float>().ToArray(), gradients);
        Assert.IsTrue(gradients.All(gradient => Math.Abs(gradient) <= 0.3f));
    }
}
