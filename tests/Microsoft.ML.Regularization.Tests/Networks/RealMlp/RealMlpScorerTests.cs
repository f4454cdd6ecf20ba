using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Trainers;
using Microsoft.ML.Runtime;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.RealMlp;

/// <summary>Managed code against the network in libtorch.</summary>
[TestClass]
public sealed class RealMlpScorerTests
{
    private const int Outputs = 3;

    public static IEnumerable<object[]> Kinds =>
        from activation in Enum.GetValues<Activation>()
        from embeds in new[] { true, false }
        select new object[] { activation, embeds };

    public static IEnumerable<object[]> Tasks => LearningTasks.All.Select(task => new object[] { task.ToString() });

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void It_gives_the_numbers_of_the_network(Activation activation, bool embeds)
    {
        var input = new InputLayout { Numbers = 20, Categories = [new("two", 1, 2), new("few", 2, 8), new("many", 1, 30)] };
        AssertAgrees(new RealMlpArchitecture { HiddenSizes = [40, 300, 7], Activation = activation, EmbedsNumbers = embeds }, input, reach: 3);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(7)]
    [DataRow(8)]
    [DataRow(9)]
    [DataRow(33)]
    public void It_gives_the_numbers_of_networks_of_any_number_of_inputs(int numbers) =>
        AssertAgrees(new RealMlpArchitecture { HiddenSizes = [5] }, new InputLayout { Numbers = numbers, Categories = [new("two", 1, 2)] }, reach: 3);

    [TestMethod]
    public void Waves_of_numbers_that_are_not_scaled_are_the_networks() => AssertAgrees(new RealMlpArchitecture { HiddenSizes = [5] }, 6, reach: 1000);

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void A_trained_model_scores_rows_with_gaps_and_categories_as_libtorch_does(string task)
    {
        var (ml, rows) = (new MLContext(seed: 1), InputExample.Of(60));
        foreach (var (place, row) in rows.Index())
            row.Features[place % 4] = place % 5 == 0 ? float.NaN : row.Features[place % 4];
        var own = new ArchitectureCase(
            NetworkArchitecture.RealMlp() with { HiddenSizes = [16, 16] }, ArchitectureCase.Numbers, ArchitectureCase.Category);
        var network = own.Trainer(LearningTasks.Find(task)!, RegularizationRecipe.None, epochs: 3).Fit(ml.Data.LoadFromEnumerable(rows)).GetNeuralNetwork();
        using var libtorch = new TorchScorer(network.Architecture.Restore(network.Parts));
        Assert.IsNotNull(network.Outcome.Imputation);
        Assert.IsInstanceOfType<ScaledScorer>(network.Scorer);
        var random = new Random(3);
        for (var i = 0; i < 40; i++)
        {
            var row = Row(network.FilledInput, random, reach: 5);
            var (expected, actual) = (new float[network.Outputs], new float[network.Outputs]);
            libtorch.Score(row, 1, expected);
            network.Scorer.Score(row, 1, actual);
            Closeness.AssertClose(expected, actual, 1e-5, $"row {i}");
        }
    }

    [TestMethod]
    public void Sparse_rows_are_refused()
    {
        var input = new InputLayout { Numbers = 2000, IsSparse = true };
        Assert.Contains("sparse", Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => InputLayoutCheck.Check(new MLContext(), input, NetworkArchitecture.RealMlp())).Message);
    }

    private static void AssertAgrees(RealMlpArchitecture architecture, InputLayout input, float reach)
    {
        const int Rows = 25;
        using var network = architecture.CreateNetwork(input, Outputs, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        Shake(network);
        using var pass = network.Begin(isTraining: false);
        IExceptionContext context = new MLContext();
        var scorer = architecture.CreateScorer(
            new TrainedParts(context, RegularizationRecipe.None, input, Outputs, NetworkWeights.CopyOf(network), Scaler: null));
        var random = new Random(2);
        var rows = Enumerable.Range(0, Rows).SelectMany(_ => Row(input, random, reach)).ToArray();

        var expected = network.forward(torch.tensor(rows, [Rows, input.Width])).data<float>().ToArray();
        var outputs = new float[Rows * Outputs];
        scorer.Score(rows, Rows, outputs);

        Assert.IsTrue(architecture.ScoresInManagedCode);
        Closeness.AssertClose(expected, outputs, 1e-5, architecture.ToString());
    }

    private static float[] Row(InputLayout input, Random random, float reach) =>
    [
        .. Enumerable.Range(0, input.Numbers).Select(_ => reach * (2 * random.NextSingle() - 1)),
        .. input.KeyValues.Select(values => (float)random.Next(values + 1)),
    ];

    /// <summary>Moves every parameter off the value it starts at, the codes of categories too.</summary>
    private static void Shake(Network network)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        foreach (var tensor in network.parameters().Concat(network.buffers()))
            tensor.mul_(torch.cos(torch.arange(tensor.numel(), dtype: torch.ScalarType.Float32)).view(tensor.shape) * 0.3 + 1);
    }
}
