using Microsoft.ML.Regularization.Tests.Golden;


namespace Microsoft.ML.Regularization.Tests.Tasks.Definition;

[TestClass]
public sealed class OutputLinkTests
{
    [TestMethod]
    public void Classes_get_their_softmax_even_of_huge_logits()
    {
        float[] outputs = [1, 2, -1];
        LearningTask.MulticlassClassification.CreateLink(scale: null).Apply(outputs);
        var sum = Math.Exp(1) + Math.Exp(2) + Math.Exp(-1);
        Closeness.AssertClose([Math.Exp(1) / sum, Math.Exp(2) / sum, Math.Exp(-1) / sum], outputs, 1e-6, "probabilities");

        outputs = [1e30f, 0];
        LearningTask.MulticlassClassification.CreateLink(scale: null).Apply(outputs);
        CollectionAssert.AreEqual(new[] { 1f, 0f }, outputs);
    }

    [TestMethod]
    public void True_gets_its_sigmoid()
    {
        float[] outputs = [-2];
        LearningTask.BinaryClassification.CreateLink(scale: null).Apply(outputs);
        Assert.AreEqual(1 / (1 + Math.Exp(2)), outputs[0], 1e-7);
    }

    [TestMethod]
    public void A_target_gets_its_units_back()
    {
        float[] outputs = [-2];
        LearningTask.Regression.CreateLink(new TargetScale(Mean: 10, Deviation: 3)).Apply(outputs);
        Assert.AreEqual(4f, outputs[0]);
    }
}
