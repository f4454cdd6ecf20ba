using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Tensors;

[TestClass]
public sealed class GradientNormTests
{
    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(17)]
    [DataRow(4095)]
    [DataRow(4096)]
    [DataRow(4097)]
    [DataRow(8192)]
    [DataRow(20_001)]
    public void Spans_and_tensors_agree_with_a_sum_in_double_precision(int length)
    {
        var random = new Random(length);
        var gradients = Enumerable.Range(0, length).Select(_ => 2 * random.NextSingle() - 1).ToArray();
        using var tensor = torch.tensor(gradients);
        var expected = Math.Sqrt(gradients.Sum(gradient => (double)gradient * gradient));

        Assert.AreEqual(expected, GradientNorm.Of(gradients), 1e-5 * expected);
        Assert.AreEqual(expected, GradientNorm.Of(tensor), 1e-5 * expected);
    }

    [TestMethod]
    public void A_gradient_that_is_not_finite_has_no_finite_norm()
    {
        foreach (var bad in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            var gradients = new float[5000];
            gradients[4321] = bad;

            Assert.IsFalse(double.IsFinite(GradientNorm.Of(gradients)));
        }
    }
}
