namespace Microsoft.ML.Regularization.Tests.Tasks.Definition;

[TestClass]
public sealed class CalibratedLinkTests
{
    [TestMethod]
    public void Probabilities_are_those_of_logits_over_the_temperature_mixed_with_all_alike()
    {
        var link = new CalibratedLink(new LearnedCalibration(Temperature: 2, UniformShare: 0.1, Rows: 9), LearningTask.MulticlassClassification.CreateLink(scale: null));
        float[] outputs = [3, 1, -2];
        link.Apply(outputs);
        var sum = Math.Exp(1.5) + Math.Exp(0.5) + Math.Exp(-1);
        foreach (var (k, logit) in new[] { 1.5, 0.5, -1 }.Index())
            Assert.AreEqual(0.9 * Math.Exp(logit) / sum + 0.1 / 3, outputs[k], 1e-6);
    }

    [TestMethod]
    public void The_score_of_true_is_the_logit_of_its_probability()
    {
        var link = new CalibratedLink(new LearnedCalibration(Temperature: 0.5, UniformShare: 0.01, Rows: 99), LearningTask.BinaryClassification.CreateLink(scale: null));
        foreach (var output in new[] { -300f, -3, -0.1f, 0, 1e-3f, 0.2f, 4, 300 })
        {
            float[] probability = [output];
            link.Apply(probability);
            var score = link.Calibrated(output);

            Assert.AreEqual(0.99 / (1 + Math.Exp(-2 * (double)output)) + 0.005, probability[0], 1e-6);
            Assert.AreEqual(1 / (1 + Math.Exp(-score)), probability[0], 1e-6);
            Assert.AreEqual(Math.Sign(output), Math.Sign(score));
        }
    }

    [TestMethod]
    public void Offsets_are_added_to_the_logits_over_the_temperature()
    {
        var link = new CalibratedLink(new LearnedCalibration(2, 0.1, Rows: 9) { Offsets = [0.5, -1, 0.5] }, LearningTask.MulticlassClassification.CreateLink(scale: null));
        float[] outputs = [3, 1, -2];
        link.Apply(outputs);
        double[] logits = [2, -0.5, -0.5];
        foreach (var (k, logit) in logits.Index())
            Assert.AreEqual(0.9 * Math.Exp(logit) / logits.Sum(Math.Exp) + 0.1 / 3, outputs[k], 1e-6);

        var ofTrue = new CalibratedLink(new LearnedCalibration(0.5, 0.01, Rows: 99) { Offsets = [-1.5] }, LearningTask.BinaryClassification.CreateLink(scale: null));
        foreach (var output in new[] { -300f, -3, 0, 0.7f, 0.8f, 4, 300 })
        {
            float[] probability = [output];
            ofTrue.Apply(probability);
            var score = ofTrue.Calibrated(output);
            Assert.AreEqual(0.99 / (1 + Math.Exp(1.5 - 2 * (double)output)) + 0.005, probability[0], 1e-6);
            Assert.AreEqual(1 / (1 + Math.Exp(-score)), probability[0], 1e-6);
            Assert.AreEqual(output > 0.75f, score > 0);
        }
    }
}
