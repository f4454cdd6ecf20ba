using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Mixing;

[TestClass]
public sealed class GapMixingTests
{
    private const int Size = 40;

    [TestMethod]
    [DataRow(true, true)]
    [DataRow(true, false)]
    [DataRow(false, true)]
    [DataRow(false, false)]
    public void A_mixture_lacks_a_number_with_the_share_of_the_row_that_lacks_it(bool ownIsDense, bool partnerIsDense)
    {
        const int draws = 4000;
        var own = Vector(ownIsDense, (1, float.NaN), (2, 5), (3, float.NaN), (7, 1));
        var partner = Vector(partnerIsDense, (1, 8), (2, float.PositiveInfinity), (3, float.NegativeInfinity), (9, 2));
        var mixer = new MixupMixer(alpha: 1);
        var (shares, ownGaps, partnerGaps) = (0.0, 0, 0);
        for (var draw = 0; draw < draws; draw++)
        {
            var random = new KeyedStream(RandomKey.FromSeed(4), (ulong)draw);
            var lambda = mixer.Draw(ref random, new CategoryDraw([], 0));
            Assert.AreEqual(lambda, mixer.Meet(partner, lambda), "gaps spoil no mixture");
            var (mixed, again) = (Mix(mixer, own, partner), Mix(mixer, own, partner));
            CollectionAssert.AreEqual(mixed, again, "both rows of a pair have the same gaps");
            Assert.IsTrue(float.IsNaN(mixed[1]) || mixed[1] == 8);
            Assert.IsTrue(float.IsNaN(mixed[2]) || mixed[2] == 5);
            Assert.IsTrue(float.IsNaN(mixed[3]));
            Assert.AreEqual(lambda, mixed[7], 1e-6);
            Assert.AreEqual(2 * (1 - lambda), mixed[9], 1e-6);
            Assert.AreEqual(0, mixed[0]);
            shares += lambda;
            ownGaps += float.IsNaN(mixed[1]) ? 1 : 0;
            partnerGaps += float.IsNaN(mixed[2]) ? 1 : 0;
        }

        Assert.AreEqual(shares / draws, ownGaps / (double)draws, 0.03);
        Assert.AreEqual(1 - shares / draws, partnerGaps / (double)draws, 0.03);
    }

    [TestMethod]
    public void Gaps_change_neither_partners_nor_shares_of_other_numbers()
    {
        var ml = new MLContext(seed: 1);
        var (complete, gaps) = (Example.Clusters(300), Example.Clusters(300));
        foreach (var row in gaps.Where(row => row.Id % 4 == 0))
            row.Features[2] = float.NaN;
        var options = new MixupOptions { Alpha = 1 };
        var expected = ml.Data.Augment(ml.Data.LoadFromEnumerable(complete), options).Read();
        var actual = ml.Data.Augment(ml.Data.LoadFromEnumerable(gaps), options).Read();
        for (var row = 0; row < expected.Count; row++)
        {
            CollectionAssert.AreEqual(expected[row].Label, actual[row].Label);
            for (var slot = 0; slot < Example.FeatureCount; slot++)
                Assert.IsTrue(slot == 2 || expected[row].Features[slot] == actual[row].Features[slot]);
        }
    }

    private static float[] Mix(MixupMixer mixer, in VBuffer<float> own, in VBuffer<float> partner)
    {
        VBuffer<float> mixed = default;
        own.CopyTo(ref mixed);
        mixer.Mix(ref mixed, partner);
        return [.. mixed.DenseValues()];
    }

    private static VBuffer<float> Vector(bool isDense, params (int Slot, float Value)[] values)
    {
        if (!isDense)
            return new VBuffer<float>(Size, values.Length, [.. values.Select(pair => pair.Value)], [.. values.Select(pair => pair.Slot)]);
        var dense = new float[Size];
        foreach (var (slot, value) in values)
            dense[slot] = value;
        return new VBuffer<float>(Size, dense);
    }
}
