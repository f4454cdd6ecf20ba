using Microsoft.ML.Regularization.Tests.Arithmetic;
using Microsoft.ML.Regularization.Tests.Trainers;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Training.Scaling;

[TestClass]
public sealed class NormalScoresTests
{
    [TestMethod]
    public void A_heavy_tail_becomes_normal()
    {
        // Exponentials of exponentials, in any order.
        var values = Enumerable.Range(0, 3000).Select(i => (float)Math.Exp(8 * ((i * 1009) % 3000 + 0.5) / 3000)).ToArray();

        var scaler = Learn(values);

        var scaled = values.Select(value => (double)Scale(scaler, value)).ToArray();
        for (var i = 0; i < values.Length; i++)
            Assert.AreEqual(Probit(((i * 1009) % 3000 + 0.5) / 3000), scaled[i], Math.Abs(scaled[i]) > 2.5 ? 0.15 : 0.03);
        Assert.AreEqual(scaled.Max(), Scale(scaler, 1e30f), 1e-6);
        Assert.AreEqual(scaled.Min(), Scale(scaler, -1e30f), 1e-6);
        Assert.AreEqual(-scaled.Min(), scaled.Max(), 1e-4);
    }

    [TestMethod]
    public void A_value_of_most_rows_lies_in_their_middle_and_the_others_keep_their_ranks()
    {
        float[] values = [.. Enumerable.Repeat(0f, 920), .. Enumerable.Range(1, 80).Select(i => (float)Math.Exp(i / 8.0))];

        var scaler = Learn(values);

        Assert.AreEqual(Probit(0.46), Scale(scaler, 0), 1e-5);
        foreach (var rank in new[] { 1, 20, 41, 60, 80 })
            Assert.AreEqual(Probit((920 + rank - 0.5) / 1000), Scale(scaler, (float)Math.Exp(rank / 8.0)), rank is 1 or 80 ? 1e-4 : 0.05, $"rank {rank}");
    }

    [TestMethod]
    public void It_is_what_noise_that_tells_equal_values_apart_gives_on_average()
    {
        var random = new Random(1);
        var values = Enumerable.Range(0, 600).Select(_ => (float)random.Next(6)).ToArray();
        var scaler = Learn(values);
        for (var value = 0; value < 6; value++)
        {
            // The median rank of the rows that have it, among all rows with noise.
            var noisy = values.Select(one => (Value: one, Noisy: one + 1e-4 * random.NextDouble())).OrderBy(one => one.Noisy).ToList();
            var ranks = noisy.Index().Where(one => one.Item.Value == value).Select(one => (one.Index + 0.5) / values.Length).ToList();
            Assert.AreEqual(Probit(ranks.Average()), Scale(scaler, value), 1e-4);
        }
    }

    [TestMethod]
    public void Constant_and_empty_numbers_become_0_and_flags_lie_in_the_middle_of_their_rows()
    {
        Assert.AreEqual(0, Scale(Learn([5, 5, 5, 5]), 5));
        Assert.AreEqual(0, Scale(Learn([5, 5, 5, 5]), 7));
        var flags = Learn([.. Enumerable.Range(0, 100).Select(i => i < 10 ? 1f : 0)]);
        Assert.AreEqual(Probit(0.45), Scale(flags, 0), 1e-5);
        Assert.AreEqual(Probit(0.95), Scale(flags, 1), 1e-5);
        Assert.AreEqual(NormalScores.OfFlag(100, 10).Scores[1], Scale(flags, 1));
        Assert.AreEqual(NormalScores.OfFlag(100, 10).Scores[0], Scale(flags, 0));
    }

    [TestMethod]
    public void Extreme_numbers_do_not_overflow()
    {
        var scaler = Learn([-3e38f, -1, 0, 1, 3e38f]);
        using var layer = new InputScalingLayer(scaler);
        foreach (var value in new[] { float.MinValue, -1e38f, 0, 2e38f, float.MaxValue })
        {
            Assert.IsTrue(float.IsFinite(Scale(scaler, value)));
            using var row = torch.tensor([value], [1, 1]);
            Assert.AreEqual(Scale(scaler, value), layer.forward(row).item<float>(), 1e-5);
        }
    }

    [TestMethod]
    public void Tensors_are_scaled_alike_and_have_the_slope_between_knots()
    {
        using var scope = torch.NewDisposeScope();
        var random = new Random(2);
        float[][] rows = [.. Enumerable.Range(0, 500).Select(i => new[] { (float)random.NextDouble(), i % 7 == 0 ? i : 0f, 3f })];
        var scaler = NumberRows.Learn(InputScaling.NormalQuantiles, rows).Scaler!;
        using var layer = new InputScalingLayer(scaler);
        var input = torch.tensor(rows.SelectMany(row => row).ToArray(), [500, 3]).requires_grad_();

        var output = layer.forward(input);

        output.sum().backward();
        var (values, slopes) = (output.data<float>().ToArray(), input.grad!.data<float>().ToArray());
        var expected = new float[3];
        for (var row = 0; row < 500; row++)
        {
            scaler.Apply(rows[row], expected);
            for (var i = 0; i < 3; i++)
                Assert.AreEqual(expected[i], values[row * 3 + i], 1e-5f);
            var (up, down) = (new float[3], new float[3]);
            scaler.Apply([rows[row][0] + 1e-4f, 0, 3], up);
            scaler.Apply([rows[row][0] - 1e-4f, 0, 3], down);
            if (Math.Abs(up[0] + down[0] - 2 * expected[0]) < 1e-6f)
                Assert.AreEqual((up[0] - down[0]) / 2e-4, slopes[row * 3], 0.02 * slopes[row * 3] + 0.01);
            Assert.AreEqual(0, slopes[row * 3 + 2]);
        }
    }

    [TestMethod]
    public unsafe void Passes_in_managed_code_scale_alike_and_leave_what_follows()
    {
        float[][] rows = [.. Enumerable.Range(0, 70).Select(i => new[] { i * i, i % 5, 3f })];
        var scaler = NumberRows.Learn(InputScaling.NormalQuantiles, rows).Scaler!;
        using var layer = new InputScalingLayer(scaler);
        float[] input = [.. rows.SelectMany(row => row.Append(17))];
        var output = new float[input.Length];
        fixed (float* from = input, to = output)
            layer.CreatePass(4).Forward(new Matrix(from, 70, 4), new Matrix(to, 70, 4), isTraining: true);

        var expected = new float[4];
        for (var row = 0; row < 70; row++)
        {
            scaler.Apply(input.AsSpan(row * 4, 4), expected);
            CollectionAssert.AreEqual(expected, output[(row * 4)..(row * 4 + 4)]);
        }
    }

    [TestMethod]
    public void Sparse_rows_give_what_dense_ones_give()
    {
        float[][] rows = [.. Enumerable.Range(0, 200).Select(i => new[] { i % 9 == 0 ? i : 0f, i % 2, 0, i })];
        var table = NumberRows.Table(rows);
        var dense = NormalScores.Learn(table, 4, areSparse: false, watch: null);
        table.Become(sparse: true);

        var sparse = NormalScores.Learn(table, 4, areSparse: true, watch: null);

        for (var number = 0; number < 4; number++)
        {
            CollectionAssert.AreEqual(dense[number].Values, sparse[number].Values);
            CollectionAssert.AreEqual(dense[number].Scores, sparse[number].Scores);
        }
    }

    [TestMethod]
    public void A_model_keeps_its_functions_in_its_file()
    {
        var ml = new MLContext(seed: 1);
        var view = ml.Data.LoadFromEnumerable(InputExample.Of(60));
        foreach (var architecture in new NetworkArchitecture[]
        {
            NetworkArchitecture.Mlp(8), NetworkArchitecture.ResidualMlp(8, 1),
            NetworkArchitecture.RealMlp() with { HiddenSizes = [8], NumericalEmbedding = NumericalEmbedding.PiecewiseLinear(5, 2) },
        })
        {
            var options = new NeuralNetworkOptions { Architecture = architecture, InputScaling = InputScaling.NormalQuantiles, MaxEpochs = 3 };
            var model = EveryTask.Trainer(ml, LearningTask.MulticlassClassification, options).Fit(view);
            using var file = new MemoryStream();
            ml.Model.Save(model, view.Schema, file);
            file.Position = 0;
            var loaded = new MLContext().Model.Load(file, out _);

            SmallNetwork.AssertEqual(EveryTask.Weights(model), EveryTask.Weights(loaded));
            var (before, after) = (EveryTask.Scores(model, view), EveryTask.Scores(loaded, view));
            for (var row = 0; row < before.Count; row++)
                CollectionAssert.AreEqual(before[row], after[row]);
        }
    }

    // By bisection of the distribution function.
    internal static double Probit(double share)
    {
        var (low, high) = (-7.0, 7.0);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = NormalDistributionTests.Probability(middle) < share ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    private static InputScaler Learn(float[] values) => NumberRows.Learn(InputScaling.NormalQuantiles, values.Select(value => new[] { value })).Scaler!;

    private static float Scale(InputScaler scaler, float value)
    {
        var scaled = new float[1];
        scaler.Apply([value], scaled);
        return scaled[0];
    }
}
