using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Tabular;

[TestClass]
public sealed class RangeReplacementTests
{
    private const int Size = 41;

    // Single slots, and blocks of 5 and of 9.
    private static readonly FeatureUnits Units = new([0, 1, 2, 7, 8, 17, .. Enumerable.Range(18, 23), Size], [false, false, true, false, true, .. new bool[24]]);

    [TestMethod]
    [DataRow(1.0, 1.0)]
    [DataRow(0.1, 1.0)]
    [DataRow(1.0, 0.1)]
    [DataRow(0.1, 0.1)]
    [DataRow(0.4, 0.4)]
    [DataRow(0.1, 0.0)]
    [DataRow(0.0, 0.1)]
    [DataRow(0.0, 0.0)]
    public void Dense_and_sparse_vectors_are_replaced_like_arrays(double ownDensity, double donorDensity)
    {
        var random = new Random(1);
        VBuffer<float> result = default;
        for (var trial = 0; trial < 200; trial++)
        {
            var (own, donor) = (Vector(ownDensity, random), Vector(donorDensity, random));
            var replaced = Enumerable.Range(0, Units.Count).Where(_ => random.NextDouble() < 0.2).ToArray();
            var expected = own.DenseValues().ToArray();
            foreach (var (start, end) in replaced.Select(Units.Slots))
                donor.DenseValues().ToArray().AsSpan(start, end - start).CopyTo(expected.AsSpan(start));

            RangeReplacement.Apply(own, donor, Units, replaced, ref result);
            CollectionAssert.AreEqual(expected, result.DenseValues().ToArray());
            Assert.AreEqual(Size, result.Length);
            Assert.IsTrue(!own.IsDense || result.IsDense);
            if (ownDensity <= 0.1 && donorDensity <= 0.1)
                Assert.IsFalse(result.IsDense);
        }
    }

    private static VBuffer<float> Vector(double density, Random random)
    {
        var kept = Enumerable.Range(0, Size).Where(_ => random.NextDouble() < density).ToArray();
        var values = kept.Select(_ => random.NextSingle() + 1).ToArray();
        return kept.Length == Size ? new VBuffer<float>(Size, values) : new VBuffer<float>(Size, kept.Length, values, kept);
    }
}
