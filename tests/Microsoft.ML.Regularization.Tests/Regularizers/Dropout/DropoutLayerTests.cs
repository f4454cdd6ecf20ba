using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Regularizers;

[TestClass]
public sealed class DropoutLayerTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(5);

    [TestMethod]
    public void The_gradient_is_the_mask_times_the_gradient_from_above()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Create(0.4, out _);
        var input = torch.linspace(-1, 1, 60).view(6, 10).requires_grad_();
        var above = torch.linspace(2, 3, 60).view(6, 10);

        var output = layer.forward(input);
        (output * above).sum().backward();

        var mask = Mask(60, step: 0, keep: 0.6);
        for (var i = 0; i < 60; i++)
        {
            var (row, column) = (i / 10, i % 10);
            Assert.AreEqual(mask[i] * input[row, column].item<float>(), output[row, column].item<float>());
            Assert.AreEqual(mask[i] * above[row, column].item<float>(), input.grad![row, column].item<float>());
        }
    }

    [TestMethod]
    public void Evaluation_is_the_identity()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Create(0.4, out _);
        layer.eval();
        var input = torch.linspace(-1, 1, 60);

        CollectionAssert.AreEqual(input.data<float>().ToArray(), layer.forward(input).data<float>().ToArray());
    }

    [TestMethod]
    public void A_probability_of_zero_is_the_identity()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Create(0, out _);
        var input = torch.linspace(-1, 1, 60);

        CollectionAssert.AreEqual(input.data<float>().ToArray(), layer.forward(input).data<float>().ToArray());
    }

    [TestMethod]
    [DataRow(0.1)]
    [DataRow(0.2)]
    [DataRow(0.5)]
    [DataRow(0.8)]
    public void It_drops_the_asked_share_and_keeps_the_mean(double drop)
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Create(drop, out _);
        var output = layer.forward(torch.ones(400, 500)).data<float>().ToArray();

        // 4.5 standard deviations.
        var tolerance = 4.5 * Math.Sqrt(drop * (1 - drop) / output.Length);
        Assert.AreEqual(drop, output.Count(value => value == 0) / (double)output.Length, tolerance);
        Assert.AreEqual(1, output.Average(value => (double)value), tolerance / (1 - drop));
    }

    [TestMethod]
    public void Each_step_has_a_mask_of_its_own_and_repeats_it()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Create(0.5, out var clock);
        var ones = torch.ones(10, 10);
        var first = layer.forward(ones).data<float>().ToArray();
        var again = layer.forward(ones).data<float>().ToArray();
        clock.Step++;
        var next = layer.forward(ones).data<float>().ToArray();

        CollectionAssert.AreEqual(first, again);
        CollectionAssert.AreNotEqual(first, next);
        CollectionAssert.AreEqual(Mask(100, step: 1, keep: 0.5), next);
    }

    [TestMethod]
    public void Batches_of_changing_size_get_masks_of_their_size()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Create(0.5, out _);

        foreach (var rows in new[] { 3, 10, 2, 11 })
            CollectionAssert.AreEqual(Mask(7 * rows, step: 0, keep: 0.5), layer.forward(torch.ones(rows, 7)).data<float>().ToArray(), $"{rows} rows");
    }

    [TestMethod]
    public void It_has_no_parameters_and_no_state()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Create(0.5, out _);
        _ = layer.forward(torch.ones(3, 3));

        Assert.IsEmpty(layer.state_dict());
    }

    private static DropoutLayer Create(double drop, out TrainingClock clock)
    {
        clock = new TrainingClock();
        return new DropoutLayer(new StandardDropout(drop), Key, clock);
    }

    private static float[] Mask(int length, ulong step, double keep)
    {
        var mask = new float[length];
        BernoulliMask.Fill(mask, Key, step, keep);
        return mask;
    }
}
