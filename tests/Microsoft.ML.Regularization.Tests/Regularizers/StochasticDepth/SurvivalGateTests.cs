using System.Text.Json;
using Microsoft.ML.Regularization.Tests.Golden;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Regularizers;

[TestClass]
public sealed class SurvivalGateTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(5);

    [TestMethod]
    public void Skipping_gives_the_numbers_of_pytorch()
    {
        using var scope = torch.NewDisposeScope();
        var cases = GoldenFile.Read("stochastic_depth.json").GetProperty("module_cases").EnumerateArray()
            // A block that never works is not an option.
            .Where(golden => golden.GetProperty("survival").GetDouble() > 0).ToList();

        Assert.HasCount(8, cases);
        foreach (var golden in cases)
        {
            var isRow = golden.GetProperty("mode").GetString() == "row";
            var mask = golden.GetProperty("row_kept_mask_drawn").EnumerateArray().Select(kept => kept.GetBoolean()).ToArray();
            var options = new StochasticDepth { Granularity = isRow ? StochasticDepthGranularity.Row : StochasticDepthGranularity.Batch };
            var survival = golden.GetProperty("survival").GetDouble();
            var gate = Gate(options, survival, isRow ? mask : mask[..1]);
            var x = golden.GetProperty("x").Floats();
            var branch = torch.tensor(x, [mask.Length, x.Length / mask.Length]);

            Closeness.AssertClose(golden.GetProperty("y_train").Numbers(), Add(gate, torch.zeros_like(branch), branch, isTraining: true), 1e-6, "training");
            Closeness.AssertClose(golden.GetProperty("y_eval").Numbers(), Add(gate, torch.zeros_like(branch), branch, isTraining: false), 1e-6, "scoring");
        }
    }

    [TestMethod]
    public void Both_forms_of_a_residual_block_give_the_numbers_of_their_papers()
    {
        using var scope = torch.NewDisposeScope();
        var cases = GoldenFile.Read("stochastic_depth.json").GetProperty("residual_cases").EnumerateArray().ToList();

        Assert.HasCount(2, cases);
        foreach (var golden in cases)
        {
            var mask = golden.GetProperty("mask").Floats().Select(kept => kept != 0).ToArray();
            var survival = golden.GetProperty("survival").GetDouble();
            foreach (var (form, training, scoring) in new[]
            {
                (StochasticDepthForm.Inverted, "y_torchvision_train", "y_torchvision_eval"),
                (StochasticDepthForm.Original, "y_huang_train_no_relu", "y_huang_eval_no_relu"),
            })
            {
                var gate = Gate(new StochasticDepth { Granularity = StochasticDepthGranularity.Row, Form = form }, survival, mask);
                var (input, branch) = (Rows(golden, "identity", mask.Length), Rows(golden, "branch", mask.Length));
                Closeness.AssertClose(golden.GetProperty(training).Numbers(), Add(gate, input, branch, isTraining: true), 1e-6, training);
                Closeness.AssertClose(golden.GetProperty(scoring).Numbers(), Add(gate, input, branch, isTraining: false), 1e-6, scoring);
            }
        }
    }

    [TestMethod]
    [DataRow(StochasticDepthForm.Inverted, StochasticDepthGranularity.Batch)]
    [DataRow(StochasticDepthForm.Inverted, StochasticDepthGranularity.Row)]
    [DataRow(StochasticDepthForm.Original, StochasticDepthGranularity.Batch)]
    [DataRow(StochasticDepthForm.Original, StochasticDepthGranularity.Row)]
    public void The_mean_of_training_is_scoring(StochasticDepthForm form, StochasticDepthGranularity granularity)
    {
        const int Steps = 4000;
        const double Survival = 0.7;
        using var scope = torch.NewDisposeScope();
        var clock = new TrainingClock();
        var gate = new SurvivalGate(new StochasticDepth { Form = form, Granularity = granularity }, Survival, Key, clock);
        var (input, branch) = (torch.tensor(new[] { 1f, -2f }, [2, 1]), torch.tensor(new[] { 3f, 5f }, [2, 1]));
        var (means, scored) = (new double[2], Add(gate, input, branch, isTraining: false));
        for (; clock.Step < Steps; clock.Step++)
        {
            using var step = torch.NewDisposeScope();
            var output = Add(gate, input, branch, isTraining: true);
            for (var row = 0; row < 2; row++)
                means[row] += output[row] / Steps;
        }

        var kept = form == StochasticDepthForm.Inverted ? 1 / Survival : 1;
        for (var row = 0; row < 2; row++)
            Assert.AreEqual(scored[row], means[row], 4.5 * kept * (row == 0 ? 3 : 5) * Math.Sqrt(Survival * (1 - Survival) / Steps), $"row {row}");
    }

    [TestMethod]
    public void Rows_of_maps_are_skipped_as_a_whole()
    {
        using var scope = torch.NewDisposeScope();
        var depth = new StochasticDepth { Granularity = StochasticDepthGranularity.Row };
        var gate = new SurvivalGate(depth, 0.5, Key, new TrainingClock());
        var factors = new float[6];
        depth.Draw(factors, Key, 0, 0.5);

        var output = gate.Add(torch.zeros(6, 2, 3, 4), maps => torch.ones_like(maps), isTraining: true);

        Assert.HasCount(2, factors.Distinct().ToList());
        CollectionAssert.AreEqual(factors.SelectMany(factor => Enumerable.Repeat(factor, 24)).ToArray(), output.data<float>().ToArray());
    }

    [TestMethod]
    public void A_block_that_is_skipped_for_a_batch_is_not_computed()
    {
        using var scope = torch.NewDisposeScope();
        var clock = new TrainingClock();
        var gate = new SurvivalGate(new StochasticDepth(), 0.5, Key, clock);
        var computed = 0;
        for (; clock.Step < 200; clock.Step++)
        {
            var before = computed;
            var output = gate.Add(torch.ones(3, 2), Branch, isTraining: true).data<float>().ToArray();
            Assert.IsTrue(output.All(value => value == (computed > before ? 3 : 1)));
        }

        Assert.IsTrue(computed is > 65 and < 135);

        torch.Tensor Branch(torch.Tensor x)
        {
            computed++;
            return x;
        }
    }

    [TestMethod]
    public void Rows_are_skipped_each_by_itself()
    {
        using var scope = torch.NewDisposeScope();
        var gate = new SurvivalGate(new StochasticDepth { Granularity = StochasticDepthGranularity.Row }, 0.5, Key, new TrainingClock());
        var output = Add(gate, torch.zeros(1000, 2), torch.ones(1000, 2), isTraining: true);

        Assert.IsTrue(output.Chunk(2).All(row => row[0] == row[1] && row[0] is 0 or 2));
        Assert.AreEqual(2000, output.Sum(), 4 * 4.5 * Math.Sqrt(1000 * 0.25));
    }

    [TestMethod]
    [DataRow(new long[] { 400, 3, 2 })]
    [DataRow(new long[] { 400, 2, 2, 3 })]
    public void A_row_of_tokens_or_of_feature_maps_is_skipped_as_a_whole(long[] shape)
    {
        using var scope = torch.NewDisposeScope();
        var gate = new SurvivalGate(new StochasticDepth { Granularity = StochasticDepthGranularity.Row }, 0.8, Key, new TrainingClock());
        var output = gate.Add(torch.zeros(shape), rows => torch.ones_like(rows), isTraining: true).view(400, -1);
        var means = output.mean([1]).data<float>().ToArray();

        Assert.IsTrue(torch.allclose(output.amin([1]), output.amax([1])));
        Assert.IsTrue(means.All(mean => mean == 0 || Math.Abs(mean - 1.25f) < 1e-6));
        Assert.AreEqual(1, means.Average(), 4.5 * 1.25 * Math.Sqrt(0.8 * 0.2 / 400));
    }

    /// <summary>A gate at a step whose draw is the mask.</summary>
    private static SurvivalGate Gate(StochasticDepth options, double survival, bool[] mask)
    {
        var factors = new float[mask.Length];
        for (var step = 0ul; step < 1_000_000; step++)
        {
            options.Draw(factors, Key, step, survival);
            if (factors.Select(factor => factor != 0).SequenceEqual(mask))
                return new SurvivalGate(options, survival, Key, new TrainingClock { Step = step });
        }

        throw new AssertFailedException("no step draws the mask");
    }

    private static torch.Tensor Rows(JsonElement golden, string name, int rows)
    {
        var values = golden.GetProperty(name).Floats();
        return torch.tensor(values, [rows, values.Length / rows]);
    }

    private static float[] Add(SurvivalGate gate, torch.Tensor input, torch.Tensor branch, bool isTraining) =>
        gate.Add(input, _ => branch, isTraining).data<float>().ToArray();
}
