namespace Microsoft.ML.Regularization.Tests.Ensembles.Distillation;

[TestClass]
public sealed class SoftTargetsTests
{
    [TestMethod]
    [DataRow(0.0)]
    [DataRow(0.3)]
    [DataRow(1.0)]
    public void A_target_is_the_label_and_the_prediction_by_their_shares(double share)
    {
        float[] probabilities = [0.2f, 0.5f, 0.3f];
        var target = Mix(new SoftTargets(share, classWeights: null), probabilities, new RowLabel(2, [], weight: 4), size: 3);
        for (var k = 0; k < 3; k++)
            Assert.AreEqual((1 - share) * probabilities[k] + (k == 2 ? share : 0), target[k], 1e-6);

        var soft = Mix(new SoftTargets(share, classWeights: null), probabilities, new RowLabel(null, [0.5f, 0, 0.5f], weight: 1), size: 3);
        Assert.AreEqual((1 - share) * 0.2 + share * 0.5, soft[0], 1e-6);
        Assert.AreEqual(1, soft.Sum(), 1e-6);

        var binary = Mix(new SoftTargets(share, classWeights: null), [0.9f], new RowLabel(0, [], weight: 1), size: 2);
        Assert.AreEqual((1 - share) * 0.1 + share, binary[0], 1e-6);
        Assert.AreEqual((1 - share) * 0.9, binary[1], 1e-6);

        var number = Mix(new SoftTargets(share, classWeights: null), [-4], new RowLabel(null, [6], weight: 1), size: 1);
        Assert.AreEqual((1 - share) * -4 + share * 6, number[0], 1e-5);
    }

    /// <summary>
    /// A teacher with weights w predicts w_k p_k, normalized. The loss multiplies a target by w again, and is least at what is proportional to that: it must be the
    /// teacher's prediction, not w_k^2 p_k.
    /// </summary>
    [TestMethod]
    public void Class_weights_count_once()
    {
        float[] weights = [0.5f, 4, 1];
        float[] taught = [0.1f, 0.6f, 0.3f];
        var target = Mix(new SoftTargets(0, weights), taught, new RowLabel(0, [], weight: 1), size: 3);
        Assert.AreEqual(1, target.Sum(), 1e-6);
        var weighted = target.Select((share, k) => share * weights[k]).ToList();
        for (var k = 0; k < 3; k++)
            Assert.AreEqual(taught[k], weighted[k] / weighted.Sum(), 1e-6);

        // A class that weighs nothing is not taught.
        Assert.AreEqual(0, Mix(new SoftTargets(0, [0, 1, 1]), taught, new RowLabel(1, [], weight: 1), size: 3)[0]);
    }

    private static float[] Mix(SoftTargets targets, float[] prediction, RowLabel label, int size)
    {
        var target = new float[size];
        targets.Mix(prediction, label, target);
        return target;
    }
}
