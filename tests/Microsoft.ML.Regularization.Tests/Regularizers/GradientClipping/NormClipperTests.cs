using Microsoft.ML.Regularization.Tests.Golden;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Regularizers;

[TestClass]
public sealed class NormClipperTests
{
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void It_clips_as_pytorch_does(bool useSpans)
    {
        var cases = GoldenFile.Read("clip_grad.json").GetProperty("norm_cases").EnumerateArray()
            .Where(golden => golden.GetProperty("norm_type").ToString() is "2.0" or "2")
            .ToList();

        Assert.HasCount(8, cases);
        foreach (var golden in cases)
        {
            var gradient = golden.GetProperty("grads").Floats();
            var bound = golden.GetProperty("max_norm").GetDouble();

            Closeness.AssertClose([golden.GetProperty("total_norm").GetDouble()], [(float)GradientNorm.Of(gradient)], 1e-6, "norm");
            Closeness.AssertClose(
                golden.GetProperty("clipped").Numbers(), GradientClipperTests.Clip(GradientClipping.ByNorm(bound), gradient, useSpans), 1e-6, $"bound {bound}");
        }
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void It_keeps_the_direction_and_gives_the_bound_as_norm(bool useSpans)
    {
        var random = new Random(3);
        var gradient = Enumerable.Range(0, 37).Select(_ => 20 * random.NextSingle() - 10).ToArray();

        var clipped = GradientClipperTests.Clip(GradientClipping.ByNorm(0.7), gradient, useSpans);

        var product = gradient.Zip(clipped, (a, b) => (double)a * b).Sum();
        Assert.AreEqual(0.7, GradientNorm.Of(clipped), 1e-5);
        Assert.AreEqual(1, product / (GradientNorm.Of(gradient) * GradientNorm.Of(clipped)), 1e-6);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_gradient_within_the_bound_is_not_touched(bool useSpans)
    {
        float[] gradient = [3, 4, 1e-20f];

        CollectionAssert.AreEqual(gradient, GradientClipperTests.Clip(GradientClipping.ByNorm(5.01), gradient, useSpans));
        CollectionAssert.AreNotEqual(gradient, GradientClipperTests.Clip(GradientClipping.ByNorm(4.99), gradient, useSpans));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(15)]
    [DataRow(16)]
    [DataRow(1003)]
    public void Spans_and_tensors_are_scaled_alike(int length)
    {
        var random = new Random(length);
        var gradients = Enumerable.Range(0, length).Select(_ => 2 * random.NextSingle() - 1).ToArray();
        using var tensor = torch.tensor(gradients);

        NormClipper.Scale(gradients, 0.3);
        NormClipper.Scale(tensor, 0.3);

        Closeness.AssertClose(tensor.data<float>().ToArray(), gradients, 1e-7, "gradients");
    }
}
