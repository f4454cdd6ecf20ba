using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Mixing;

[TestClass]
public sealed class VectorMixingTests
{
    [TestMethod]
    [DataRow(1.0, 1.0)]
    [DataRow(0.1, 1.0)]
    [DataRow(1.0, 0.1)]
    [DataRow(0.6, 0.7)]
    [DataRow(0.1, 0.15)]
    [DataRow(0.0, 0.1)]
    [DataRow(0.0, 0.0)]
    public void Every_pair_of_dense_and_sparse_vectors_mixes_like_two_arrays(double xDensity, double yDensity)
    {
        const int length = 37;
        var random = new Random(1);
        VBuffer<float> result = default;
        for (var trial = 0; trial < 50; trial++)
        {
            var (x, y) = (Vector(length, xDensity, random), Vector(length, yDensity, random));
            var lambda = random.NextSingle();
            VectorMixing.Mix(x, y, lambda, ref result);

            var (xs, ys) = (x.DenseValues().ToArray(), y.DenseValues().ToArray());
            var mixed = result.DenseValues().ToArray();
            for (var i = 0; i < length; i++)
                Assert.AreEqual((double)lambda * xs[i] + (1 - (double)lambda) * ys[i], mixed[i], 1e-6);
            Assert.AreEqual(length, result.Length);
            Assert.IsFalse(xDensity == 1 && !result.IsDense);
        }
    }

    [TestMethod]
    public void Lambda_one_gives_the_first_vector_and_lambda_zero_the_second()
    {
        var random = new Random(2);
        var (x, y) = (Vector(20, 1, random), Vector(20, 1, random));
        VBuffer<float> result = default;
        VectorMixing.Mix(x, y, 1, ref result);
        CollectionAssert.AreEqual(x.DenseValues().ToArray(), result.DenseValues().ToArray());
        VectorMixing.Mix(x, y, 0, ref result);
        CollectionAssert.AreEqual(y.DenseValues().ToArray(), result.DenseValues().ToArray());
    }

    private static VBuffer<float> Vector(int length, double density, Random random)
    {
        var kept = Enumerable.Range(0, length).Where(_ => random.NextDouble() < density).ToArray();
        var values = kept.Select(_ => random.NextSingle() - 0.5f).ToArray();
        return kept.Length == length ? new VBuffer<float>(length, values) : new VBuffer<float>(length, kept.Length, values, kept);
    }
}
