using System.Text.Json;
using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Regularizers;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Tasks.Losses;

[TestClass]
public sealed class CrossEntropyObjectiveTests
{
    [TestMethod]
    public void Hard_labels_give_the_losses_and_gradients_of_pytorch()
    {
        var cases = GoldenFile.Read("cross_entropy_hard.json").GetProperty("cases").EnumerateArray().ToList();

        Assert.HasCount(42, cases);
        foreach (var golden in cases)
        {
            var labels = golden.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32()).ToArray();
            AssertAgrees(golden, TargetSmoothingTests.OneHot(labels, golden.GetProperty("K").GetInt32()));
        }
    }

    [TestMethod]
    public void Soft_labels_give_the_losses_and_gradients_of_pytorch()
    {
        var cases = GoldenFile.Read("cross_entropy_soft.json").GetProperty("cases").EnumerateArray().ToList();

        Assert.HasCount(25, cases);
        foreach (var golden in cases)
            AssertAgrees(golden, golden.GetProperty("targets").Floats());
    }

    [TestMethod]
    public void The_loss_of_mixed_labels_is_the_mixture_of_the_losses()
    {
        var cases = GoldenFile.Read("cross_entropy_soft.json").GetProperty("mixup_equivalence").EnumerateArray().ToList();

        Assert.HasCount(2, cases);
        foreach (var golden in cases)
        {
            const int Classes = 5;
            var logits = golden.GetProperty("logits").Floats();
            var lambda = golden.GetProperty("lam").GetDouble();
            var smoothing = golden.GetProperty("alpha").GetDouble();

            var mixed = Losses(logits, golden.GetProperty("mixed_targets").Floats(), Classes, smoothing).Average();
            var first = Losses(logits, OneHot("labels_a"), Classes, smoothing).Average();
            var second = Losses(logits, OneHot("labels_b"), Classes, smoothing).Average();

            Assert.AreEqual(golden.GetProperty("loss_soft").GetDouble(), mixed, 1e-6);
            Assert.AreEqual(golden.GetProperty("loss_two_terms").GetDouble(), lambda * first + (1 - lambda) * second, 1e-6);

            float[] OneHot(string name) =>
                TargetSmoothingTests.OneHot([.. golden.GetProperty(name).EnumerateArray().Select(label => label.GetInt32())], Classes);
        }
    }

    [TestMethod]
    public void Row_factors_weigh_the_losses_and_the_gradients()
    {
        using var scope = torch.NewDisposeScope();
        float[] logits = [1, 2, -1, 0.5f, 0, 0.25f];
        float[] targets = [1, 0, 0, 0, 0.5f, 0.5f];
        var logitTensor = torch.tensor(logits, [2, 3], requires_grad: true);

        var sum = new CrossEntropyObjective().Sum(logitTensor, torch.tensor(targets, [2, 3]), torch.tensor((float[])[0.25f, 3]));
        sum.backward();

        var losses = Losses(logits, targets, classes: 3, smoothing: 0);
        Assert.AreEqual(0.25 * losses[0] + 3 * losses[1], sum.item<float>(), 1e-5);
        var expected = Enumerable.Range(0, 6).Select(i =>
        {
            var row = logits.Skip(i / 3 * 3).Take(3).ToArray();
            return (i < 3 ? 0.25 : 3) * (Math.Exp(logits[i]) / row.Sum(logit => Math.Exp(logit)) - targets[i]);
        }).ToArray();
        Closeness.AssertClose(expected, logitTensor.grad!.data<float>().ToArray(), 1e-6, "gradient");
    }

    [TestMethod]
    public void Huge_logits_do_not_overflow()
    {
        Assert.AreEqual(0, new CrossEntropyObjective().OfRow([3e38f, 0], [1, 0]), 1e-6);
        Assert.AreEqual(2000, new CrossEntropyObjective().OfRow([1000, -1000], [0, 1]), 1e-6);
        Assert.AreEqual(Math.Log(2), new CrossEntropyObjective().OfRow([-1e30f, -1e30f], [0.5f, 0.5f]), 1e-6);
    }

    private static void AssertAgrees(JsonElement golden, float[] targets)
    {
        using var scope = torch.NewDisposeScope();
        var classes = golden.GetProperty("K").GetInt32();
        var smoothing = golden.GetProperty("alpha").GetDouble();
        var logits = golden.GetProperty("logits").Floats();
        var rows = logits.Length / classes;
        var expected = golden.GetProperty("loss_per_sample").Numbers();
        var what = $"{classes} classes, smoothing {smoothing}";

        Closeness.AssertClose(expected, [.. Losses(logits, targets, classes, smoothing).Select(loss => (float)loss)], 2e-6, what);

        TargetSmoothing.Apply(targets, classes, smoothing);
        var logitTensor = torch.tensor(logits, [rows, classes], requires_grad: true);
        var mean = new CrossEntropyObjective().Sum(logitTensor, torch.tensor(targets, [rows, classes]), torch.full(rows, 1f / rows));
        mean.backward();

        Closeness.AssertClose([golden.GetProperty("loss_mean").GetDouble()], [mean.item<float>()], 2e-6, what);
        Closeness.AssertClose(golden.GetProperty("grad_of_mean_wrt_logits").Numbers(), logitTensor.grad!.data<float>().ToArray(), 1e-6, what);
    }

    private static double[] Losses(float[] logits, float[] targets, int classes, double smoothing)
    {
        var smoothed = targets.ToArray();
        TargetSmoothing.Apply(smoothed, classes, smoothing);
        return [.. Enumerable.Range(0, logits.Length / classes).Select(row =>
            new CrossEntropyObjective().OfRow(logits.AsSpan(row * classes, classes), smoothed.AsSpan(row * classes, classes)))];
    }
}
