using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Trainers;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.Scorers;

[TestClass]
public sealed class EmbeddedScorerTests
{
    private const int Outputs = 3;

    private static readonly InputLayout Input = new() { Numbers = 2, Categories = [new CategoryInput("a", 1, 3), new CategoryInput("b", 2, 40)] };

    private static readonly TrainingHistory History = new()
    {
        Epochs = [],
        StopReason = StopReason.MaxEpochs,
        ModelEpoch = 1,
        TrainingRows = 1,
        ValidationRows = 0,
        SkippedRows = 0,
    };

    public static IEnumerable<object[]> Architectures =>
    [
        [NetworkArchitecture.Mlp()],
        [NetworkArchitecture.Mlp(7, 5)],
        [NetworkArchitecture.ResidualMlp(6, 2) with { Normalization = Normalization.Layer }],
        [NetworkArchitecture.RealMlp() with { HiddenSizes = [7, 5] }],
        [NetworkArchitecture.RealMlp() with { HiddenSizes = [7, 5], EmbedsNumbers = false }],
    ];

    [TestMethod]
    [DynamicData(nameof(Architectures))]
    public void Managed_code_gives_the_outputs_of_libtorch(NetworkArchitecture architecture)
    {
        using var scope = torch.NewDisposeScope();
        using var network = architecture.CreateNetwork(Input, Outputs, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(3)));
        var scaler = new InputScaler(InputScaling.RobustSmoothClip, [1, -1], [0.5f, 2]);
        network.ScaleInputs(scaler);
        var outcome = new TrainingOutcome(NetworkWeights.CopyOf(network), History, scaler, null);
        var trained = new TrainedNetwork(new MLContext(), LearningTask.MulticlassClassification, architecture, RegularizationRecipe.None, SmallNetwork.Record, Input, Outputs, outcome);
        using var pass = network.Begin(isTraining: false);

        for (var key = 0; key <= 40; key++)
        {
            float[] row = [key / 10f, 1 - key, key % 4, 40 - key, key];
            var expected = network.forward(torch.tensor(row, [1, row.Length])).data<float>().ToArray();
            var outputs = new float[Outputs];

            trained.Scorer.Score(row, outputs);

            Closeness.AssertClose(expected, outputs, 1e-5, $"key {key}");
        }
    }

    [TestMethod]
    public void A_table_of_another_size_is_refused()
    {
        using var network = NetworkArchitecture.Mlp(4).CreateNetwork(Input, Outputs, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(3)));
        var outcome = new TrainingOutcome(NetworkWeights.CopyOf(network), History, null, null);
        var other = Input with { Categories = [new CategoryInput("a", 1, 4), Input.Categories[1]] };

        var exception = Assert.ThrowsExactly<FormatException>(
            () => new TrainedNetwork(new MLContext(), LearningTask.MulticlassClassification, NetworkArchitecture.Mlp(4), RegularizationRecipe.None, SmallNetwork.Record, other, Outputs, outcome));

        Assert.Contains("'categories.0.weight'", exception.Message);
    }
}
