using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.Recurrent;

[TestClass]
public sealed class RecurrentLayerTests
{
    public static IEnumerable<object[]> Cells => [[new LstmArchitecture().Cell.Name], [new GruArchitecture().Cell.Name]];

    /// <summary>One mask for all rows and steps: masked weights in a layer without mask give the same.</summary>
    [TestMethod]
    [DynamicData(nameof(Cells))]
    public void The_recurrent_matrix_has_one_mask_for_all_steps_and_rows(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var masked = Create(name, new DropConnect(0.4), out var clock);
        using var plain = Create(name, null, out _);
        var (rows, weight) = (Rows(3, 7, 4), plain.get_parameter("recurrent_weight")!);
        clock.Step = 5;
        var states = masked.forward(rows);
        var mask = new float[weight.numel()];
        BernoulliMask.Fill(mask, NoiseKey, 5, 0.6);
        using (torch.no_grad())
            weight.mul_(torch.tensor(mask, weight.shape));

        Assert.IsTrue(torch.allclose(plain.forward(rows), states, atol: 1e-6));
        Assert.AreNotEqual(0, mask.Count(value => value == 0));
    }

    [TestMethod]
    [DynamicData(nameof(Cells))]
    public void Each_training_step_has_a_mask_of_its_own_and_scoring_takes_the_mean_weights(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var masked = Create(name, new DropConnect(0.4), out var clock);
        using var plain = Create(name, null, out _);
        var rows = Rows(3, 7, 4);
        clock.Step = 1;
        var first = masked.forward(rows);
        Assert.IsTrue(first.Equals(masked.forward(rows)));
        clock.Step = 2;
        Assert.IsFalse(torch.allclose(first, masked.forward(rows), atol: 1e-4));

        masked.eval();

        Assert.IsTrue(plain.forward(rows).Equals(masked.forward(rows)));
    }

    [TestMethod]
    [DynamicData(nameof(Cells))]
    public void Gradients_may_follow_passes_without_any(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Create(name, null, out _);
        using (torch.no_grad())
        {
            for (var pass = 0; pass < 3; pass++)
                Assert.IsFalse(layer.forward(Rows(2, 3, 4)).requires_grad);
        }

        var expected = new List<float>();
        for (var pass = 0; pass < 4; pass++)
        {
            layer.zero_grad();
            layer.forward(Rows(2, 3, 4)).sum().backward();
            expected.Add(layer.get_parameter("recurrent_weight")!.grad!.sum().item<float>());
        }

        Assert.AreNotEqual(0, expected[0]);
        Assert.IsTrue(expected.TrueForAll(sum => sum == expected[0]));
    }

    [TestMethod]
    [DoNotParallelize]
    [DynamicData(nameof(Cells))]
    public void Many_steps_leave_no_tensor_behind(string name) => Assert.AreEqual(0, LiveTensors.LeftBy(() =>
    {
        using var layer = Create(name, new DropConnect(0.4), out _);
        for (var step = 0; step < 20; step++)
        {
            using var scope = torch.NewDisposeScope();
            layer.forward(Rows(3, 7, 4)).sum().backward();
        }
    }));

    private static RandomKey NoiseKey => RandomKey.FromSeed(5).Derive("noise").Derive(0);

    private static RecurrentLayer Create(string name, DropConnect? dropConnect, out TrainingClock clock)
    {
        var builder = new NetworkBuilder(new RegularizationRecipe { Dropout = dropConnect }, RandomKey.FromSeed(5));
        clock = builder.Clock;
        RecurrentArchitecture architecture = name == "Lstm" ? new LstmArchitecture() : new GruArchitecture();
        return RecurrentLayer.Create(architecture.Cell, 4, 6, builder);
    }

    private static torch.Tensor Rows(int rows, int steps, int width) =>
        torch.arange(rows * steps * width, dtype: torch.ScalarType.Float32).mul(0.7).sin().view(rows, steps, width);
}
