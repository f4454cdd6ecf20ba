using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Randomness;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Regularizers;

[TestClass]
public sealed class DropConnectLayerTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(5);

    [TestMethod]
    public void All_rows_of_a_batch_share_the_masked_weights()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Create(new DropConnect(0.4), 7, 5, out var clock);
        clock.Step = 3;
        var input = Rows(6, 7);
        var mask = new float[35];
        BernoulliMask.Fill(mask, Key, 3, 0.6);

        var expected = input.mm((layer.get_parameter("weight")! * torch.tensor(mask, [5, 7])).t()) + layer.get_parameter("bias")!;

        Assert.IsTrue(torch.allclose(expected, layer.forward(input), atol: 1e-6));
        Assert.AreNotEqual(0, mask.Count(value => value == 0));
    }

    [TestMethod]
    public void Each_row_has_a_mask_of_its_own_when_asked_for()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Create(new DropConnect(0.4) { PerExample = true }, 7, 5, out var clock);
        clock.Step = 3;
        var input = Rows(6, 7);

        var output = layer.forward(input);

        for (var row = 0; row < 6; row++)
        {
            var mask = new float[35];
            BernoulliMask.Fill(mask, Key.Derive((ulong)row), 3, 0.6);
            var expected = (layer.get_parameter("weight")! * torch.tensor(mask, [5, 7])).mv(input[row]) + layer.get_parameter("bias")!;
            Assert.IsTrue(torch.allclose(expected, output[row], atol: 1e-6), $"row {row}");
        }
    }

    [TestMethod]
    public void All_tokens_of_a_row_share_its_mask()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Create(new DropConnect(0.4) { PerExample = true }, 7, 5, out _);
        var input = Rows(6, 7);
        var tokens = torch.stack([input, input.cos(), input.square()], 1);

        var output = layer.forward(tokens);

        CollectionAssert.AreEqual(new long[] { 6, 3, 5 }, output.shape);
        for (var token = 0; token < 3; token++)
            Assert.IsTrue(torch.allclose(layer.forward(tokens.select(1, token)), output.select(1, token), atol: 1e-6), $"token {token}");
        using var small = Create(new DropConnect(0.4) { PerExample = true }, 4, 3, out _);
        GradientCheck.AssertRight(small, Rows(6, 4).view(3, 2, 4));
    }

    /// <summary>More masks than are made at a time: the gradient is that of a graph of plain operations over all of them at once.</summary>
    [TestMethod]
    public void Masks_that_are_made_in_parts_give_outputs_and_gradients_of_the_whole()
    {
        const int rows = 20, inputs = 600, outputs = 900;
        using var scope = torch.NewDisposeScope();
        using var layer = Create(new DropConnect(0.5) { PerExample = true }, inputs, outputs, out _);
        var input = Rows(rows, inputs).requires_grad_();
        var above = Rows(rows, outputs).cos();
        (layer.forward(input) * above).sum().backward();

        var masks = new float[rows * inputs * outputs];
        for (var row = 0; row < rows; row++)
            BernoulliMask.Fill(masks.AsSpan(row * inputs * outputs, inputs * outputs), Key.Derive((ulong)row), 0, 0.5);
        var weight = layer.get_parameter("weight")!.detach().clone().requires_grad_();
        var plain = input.detach().clone().requires_grad_();
        var product = (torch.tensor(masks, [rows, outputs, inputs]) * weight).bmm(plain.unsqueeze(2)).squeeze(2);
        (product * above).sum().backward();

        Assert.IsTrue(torch.allclose(weight.grad!, layer.get_parameter("weight")!.grad!, rtol: 1e-4, atol: 1e-4));
        Assert.IsTrue(torch.allclose(plain.grad!, input.grad!, rtol: 1e-4, atol: 1e-4));
        Assert.IsTrue(torch.allclose(above.sum(dim: 0), layer.get_parameter("bias")!.grad!, rtol: 1e-4, atol: 1e-4));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Its_gradients_are_right(bool perExample)
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Create(new DropConnect(0.4) { PerExample = perExample }, 4, 3, out _);
        GradientCheck.AssertRight(layer, Rows(5, 4));
    }

    [TestMethod]
    [DataRow(false, 0.2)]
    [DataRow(true, 0.2)]
    [DataRow(false, 0.5)]
    [DataRow(true, 0.5)]
    public void Outputs_have_the_moments_that_inference_takes_them_to_have(bool perExample, double drop)
    {
        const int rows = 50, steps = 400, inputs = 30, outputs = 4;
        using var scope = torch.NewDisposeScope();
        using var layer = Create(new DropConnect(drop) { PerExample = perExample }, inputs, outputs, out var clock);
        using var _ = torch.no_grad();
        var row = Rows(1, inputs);
        var (means, variances) = layer.Moments(row);
        var samples = new List<double>[outputs];
        for (var unit = 0; unit < outputs; unit++)
            samples[unit] = [];
        for (var step = 0; step < (perExample ? steps : rows * steps); step++)
        {
            using var inner = torch.NewDisposeScope();
            clock.Step = (ulong)step;
            var output = layer.forward(perExample ? row.expand(rows, inputs) : row).data<float>().ToArray();
            for (var i = 0; i < output.Length; i++)
                samples[i % outputs].Add(output[i]);
        }

        for (var unit = 0; unit < outputs; unit++)
        {
            var (mean, variance) = GoodnessOfFit.Moments(samples[unit]);
            var expected = variances[0, unit].item<float>();
            Assert.AreEqual(means[0, unit].item<float>(), mean, 4.5 * Math.Sqrt(expected / samples[unit].Count));
            Assert.AreEqual(expected, variance, 4.5 * expected * Math.Sqrt(2.5 / samples[unit].Count));
        }
    }

    [TestMethod]
    public void Evaluation_takes_the_mean_weights()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Create(new DropConnect(0.4) { PerExample = true }, 7, 5, out _);
        layer.eval();
        var input = Rows(6, 7);
        Assert.IsTrue(torch.allclose(torch.nn.functional.linear(input, layer.get_parameter("weight")!, layer.get_parameter("bias")!), layer.forward(input)));
    }

    [TestMethod]
    public void Hidden_layers_have_it_and_the_output_layer_has_not()
    {
        var builder = new NetworkBuilder(new RegularizationRecipe { Dropout = new DropConnect(0.5) }, RandomKey.FromSeed(1));
        using var hidden = builder.Dense(2, 2, gain: 1);
        using var output = builder.Dense(2, 2, gain: 1, isOutput: true);
        Assert.IsInstanceOfType<DropConnectLayer>(hidden);
        Assert.IsInstanceOfType<DenseLayer>(output);
        Assert.IsNull(builder.Noise());
    }

    /// <summary>What a step leaves to the finalizers is counted too.</summary>
    [TestMethod]
    [DoNotParallelize]
    [DataRow(false)]
    [DataRow(true)]
    public void Many_steps_leave_no_tensor_behind(bool perExample)
    {
        var left = LiveTensors.LeftBy(() =>
        {
            var recipe = new RegularizationRecipe { Dropout = new DropConnect(0.4) { PerExample = perExample } };
            using var layer = new NetworkBuilder(recipe, Key).Dense(7, 5, gain: 1);
            for (var step = 0; step < 20; step++)
            {
                using var scope = torch.NewDisposeScope();
                layer.forward(Rows(6, 7).requires_grad_()).sum().backward();
            }
        });
        Assert.AreEqual(0, left);
    }

    private static DropConnectLayer Create(DropConnect options, int inputs, int outputs, out TrainingClock clock)
    {
        clock = new TrainingClock();
        var weight = (Rows(outputs, inputs) * 0.5).DetachFromDisposeScope();
        return new DropConnectLayer(weight, torch.linspace(-1, 1, outputs).DetachFromDisposeScope(), options, Key, clock);
    }

    private static torch.Tensor Rows(int rows, int columns) => torch.arange(rows * columns, dtype: torch.ScalarType.Float32).mul(0.7).sin().view(rows, columns);
}
