using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Scoring.MonteCarlo;

/// <summary>Draws in libtorch against those in managed code, which are another implementation of the same noise with other random numbers.</summary>
[TestClass]
public sealed class TorchDrawsTests
{
    private const int Draws = 1000;

    // DropConnect is left out: the managed noise is only an approximation of its masks.
    private static IEnumerable<object[]> Cases =>
        from row in ArchitectureProtocol.Noisy
        let recipe = (RegularizationRecipe)row[2]
        where (string)row[1] == LearningTask.Regression.Name && recipe.Dropout is not DropConnect
        let own = (ArchitectureCase)row[0]
        where own.Architecture is MlpArchitecture or ResidualMlpArchitecture
        select new object[] { own, recipe };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void They_have_the_moments_of_draws_in_managed_code(object architecture, RegularizationRecipe noise)
    {
        var network = Train((ArchitectureCase)architecture, noise);
        using var torchDraws = new TorchDraws(network, RandomKey.FromSeed(1));
        using var managed = new ManagedDraws(network, RandomKey.FromSeed(2), Draws);
        foreach (var row in InputExample.Of(3))
        {
            float[] numbers = network.Input.Numbers == 0 ? [] : row.Features;
            float[] floats = network.Input.Categories.Count == 0 ? numbers : [.. numbers, 1 + row.Category % InputExample.ClassCount];
            var (expected, actual) = (Outputs(managed, floats), Outputs(torchDraws, floats));
            var (mean, deviation) = Moments(expected);
            var (torchMean, torchDeviation) = Moments(actual);
            Assert.AreEqual(mean, torchMean, 4.5 * deviation * Math.Sqrt(2.0 / Draws) + 1e-5);
            // A variance's own error follows from the fourth moment.
            var kurtosis = expected.Average(value => Math.Pow((value - mean) / deviation, 4));
            Assert.AreEqual(1, torchDeviation / deviation, 4.5 * Math.Sqrt((kurtosis - 1) / 2 / Draws) + 1e-4);
        }
    }

    [TestMethod]
    public void Pruned_weights_make_no_noise()
    {
        var own = new ArchitectureCase(NetworkArchitecture.Mlp(6), ArchitectureCase.Numbers);
        var trained = Train(own, RegularizationRecipe.None with { Dropout = new VariationalDropout() });
        var pruned = trained.Outcome.Weights.Tensors.Select(tensor =>
            tensor.Name.EndsWith(".weight", StringComparison.Ordinal) ? tensor with { Values = new float[tensor.Values.Length] } : tensor);
        var network = new TrainedNetwork(
            new MLContext(), trained.Task, trained.Architecture, trained.Recipe, trained.Training, trained.Input, trained.Outputs, trained.Outcome with { Weights = new([.. pruned]) });
        using var draws = new TorchDraws(network, RandomKey.FromSeed(1));

        // What is left is the root's own guard against a slope without bound.
        var outputs = Outputs(draws, InputExample.Of(1)[0].Features);
        Assert.IsLessThan(1e-2, outputs.Max() - outputs.Min());
    }

    [TestMethod]
    [DoNotParallelize]
    public void Disposed_they_leave_no_tensor()
    {
        var network = Train(new ArchitectureCase(NetworkArchitecture.ResidualMlp(8, 2), ArchitectureCase.Numbers), RegularizationRecipe.None with { Dropout = 0.3 });
        Assert.AreEqual(0, LiveTensors.LeftBy(() =>
        {
            using var draws = new TorchDraws(network, RandomKey.FromSeed(1));
            draws.Score(0, InputExample.Of(1)[0].Features, new float[network.Outputs]);
        }));
    }

    private static TrainedNetwork Train(ArchitectureCase own, RegularizationRecipe noise) =>
        own.Trainer(LearningTask.Regression, noise, epochs: 6).Fit(new MLContext().Data.LoadFromEnumerable(InputExample.Of(60))).GetNeuralNetwork();

    private static double[] Outputs(INetworkDraws draws, float[] row)
    {
        var output = new float[1];
        return [.. Enumerable.Range(0, Draws).Select(draw =>
        {
            draws.Score(draw, row, output);
            return (double)output[0];
        })];
    }

    private static (double Mean, double Deviation) Moments(double[] values)
    {
        var mean = values.Average();
        return (mean, Math.Sqrt(values.Average(value => (value - mean) * (value - mean))));
    }
}
