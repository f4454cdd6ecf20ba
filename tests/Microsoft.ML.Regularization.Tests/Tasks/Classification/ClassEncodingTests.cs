using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Regularizers;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Tasks.Classification;

[TestClass]
public sealed class ClassEncodingTests
{
    [TestMethod]
    public void Weights_and_smoothing_together_give_the_losses_and_gradients_of_pytorch()
    {
        var cases = GoldenFile.Read("cross_entropy_hard.json").GetProperty("weighted_cases").EnumerateArray().ToList();
        Assert.HasCount(2, cases);
        foreach (var golden in cases)
        {
            using var scope = torch.NewDisposeScope();
            var weights = golden.GetProperty("weight").Floats();
            var labels = golden.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32()).ToArray();
            var (rows, classes) = (labels.Length, weights.Length);
            var targets = TargetSmoothingTests.OneHot(labels, classes);
            new ClassEncoding(classes, weights).Apply(targets, golden.GetProperty("alpha").GetDouble());

            // PyTorch's mean divides by the weights of the rows' own classes.
            var factors = torch.full(rows, 1 / labels.Sum(label => weights[label]));
            var logits = torch.tensor(golden.GetProperty("logits").Floats(), [rows, classes], requires_grad: true);
            var mean = new CrossEntropyObjective().Sum(logits, torch.tensor(targets, [rows, classes]), factors);
            mean.backward();
            Assert.AreEqual(golden.GetProperty("loss_mean").GetDouble(), mean.item<float>(), 2e-6);
            Closeness.AssertClose(golden.GetProperty("grad_of_mean_wrt_logits").Numbers(), logits.grad!.data<float>().ToArray(), 1e-6, "gradient");
        }
    }

    [TestMethod]
    public void Balanced_weights_are_inverse_to_the_classes_masses_and_one_on_average()
    {
        var context = new MLContext();
        CollectionAssert.AreEqual(new[] { 4 / 2f / 1, 4 / 2f / 3 }, ClassWeights.Balanced.Resolve(context, [1, 3], "Label", 4));

        // A class without rows has no weight to give.
        CollectionAssert.AreEqual(new[] { 2f, 0, 2 / 3f }, ClassWeights.Balanced.Resolve(context, [1, 0, 3], "Label", 4));
    }

    [TestMethod]
    [DataRow(0.9)]
    [DataRow(0.999)]
    [DataRow(0.9999999)]
    public void Weights_by_effective_number_are_those_of_the_formula(double beta)
    {
        var rows = new double[] { 5, 50, 2000 };
        var formula = Array.ConvertAll(rows, n => (1 - beta) / (1 - Math.Pow(beta, n)));
        var scale = rows.Sum() / rows.Zip(formula, (n, weight) => n * weight).Sum();
        var weights = ClassWeights.EffectiveNumber(beta).Resolve(new MLContext(), rows, "Label", 2055);
        Closeness.AssertClose(Array.ConvertAll(formula, weight => weight * scale), weights, 1e-6, "weights");

        // Example weights of another scale are the same rows.
        var masses = Array.ConvertAll(rows, n => n * 0.01);
        Closeness.AssertClose(weights, ClassWeights.EffectiveNumber(beta).Resolve(new MLContext(), masses, "Label", 2055), 1e-6, "lighter rows");
    }

    [TestMethod]
    public void Effective_numbers_reach_from_equal_rows_to_equal_classes()
    {
        var context = new MLContext();
        double[] rows = [10, 30, 0, 60];
        CollectionAssert.AreEqual(new[] { 1f, 1, 0, 1 }, ClassWeights.EffectiveNumber(0).Resolve(context, rows, "Label", 100));
        Closeness.AssertClose(
            ClassWeights.Balanced.Resolve(context, rows, "Label", 100), ClassWeights.EffectiveNumber(1 - 1e-12).Resolve(context, rows, "Label", 100), 1e-6, "balanced");
        Assert.AreNotEqual(ClassWeights.Balanced, ClassWeights.EffectiveNumber());
        Assert.AreEqual(ClassWeights.EffectiveNumber(0.99), ClassWeights.EffectiveNumber(0.99));
        Assert.AreEqual("classes by effective number, beta 0.99", ClassWeights.EffectiveNumber(0.99).ToString());
    }

    [TestMethod]
    public void Only_the_ratios_of_given_weights_matter()
    {
        var context = new MLContext();
        var weights = ClassWeights.Of(2, 6).Resolve(context, [3, 1], "Label", 4);
        Assert.AreEqual(3, weights[1] / weights[0], 1e-6);
        Assert.AreEqual(1, (3 * weights[0] + weights[1]) / 4, 1e-6);
        Closeness.AssertClose(weights, ClassWeights.Of(20, 60).Resolve(context, [3, 1], "Label", 4), 1e-6, "scaled");
        Assert.AreEqual(ClassWeights.Of(2, 6), ClassWeights.Of(2, 6));
        Assert.AreNotEqual(ClassWeights.Of(2, 6), ClassWeights.Of(6, 2));
        Assert.AreEqual("class weights 2, 6", ClassWeights.Of(2, 6).ToString());
        Assert.AreEqual("balanced classes", ClassWeights.Balanced.ToString());
    }
}
