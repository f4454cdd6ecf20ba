namespace Microsoft.ML.Regularization.Tests.Seams;

[TestClass]
public sealed class ToyExportTests
{
    public static IEnumerable<object[]> Architectures =>
    [
        [NetworkArchitecture.Mlp()],
        [NetworkArchitecture.Mlp(9, 5)],
        [NetworkArchitecture.Mlp(9, 5) with { Normalization = Normalization.Batch, Activation = Activation.SiLU }],
        [NetworkArchitecture.Mlp(9, 5) with { Normalization = Normalization.Layer, Activation = Activation.Tanh }],
        [NetworkArchitecture.ResidualMlp(width: 6, blocks: 3)],
        [NetworkArchitecture.ResidualMlp(width: 6, blocks: 2) with { Normalization = Normalization.Layer }],
        [NetworkArchitecture.ResidualMlp(width: 6, blocks: 2) with { Normalization = Normalization.None }],
        [NetworkArchitecture.RealMlp(Activation.SiLU) with { HiddenSizes = [9, 5] }],
        [NetworkArchitecture.RealMlp(Activation.Tanh) with { HiddenSizes = [9], EmbedsNumbers = false }],
    ];

    [TestMethod]
    [DynamicData(nameof(Architectures))]
    public void What_is_read_from_the_description_of_layers_scores_as_the_model(NetworkArchitecture architecture) =>
        AssertScoresAlike(SeamTraining.Options with { Architecture = architecture, Recipe = RegularizationRecipe.None with { Dropout = 0.1 } });

    [TestMethod]
    public void Blocks_that_are_skipped_while_training_count_as_often_as_they_survived() => AssertScoresAlike(SeamTraining.Options with
    {
        Architecture = NetworkArchitecture.ResidualMlp(width: 6, blocks: 3),
        Recipe = RegularizationRecipe.None with { StochasticDepth = new StochasticDepth { SurvivalProbability = 0.5, Form = StochasticDepthForm.Original } },
    });

    [TestMethod]
    public void A_network_that_does_not_describe_its_layers_is_refused()
    {
        var network = SeamTraining.Fit(SeamTraining.Options with { Architecture = new ToyArchitecture() }).Model.Network;
        Assert.Contains("Toy does not describe its layers", Assert.ThrowsExactly<NotSupportedException>(() => new ToyExport(network)).Message);
    }

    [TestMethod]
    public void Numbers_that_are_not_embedded_are_described()
    {
        var examples = Example.Clusters(100);
        examples.ForEach(row => row.Features = [row.Flag ? 1 : 0, row.Features[1], 5, row.Features[3]]);
        var ml = new MLContext(seed: 1);
        var options = SeamTraining.Options with { Architecture = NetworkArchitecture.RealMlp(Activation.Tanh) with { HiddenSizes = [9, 5] } };
        var network = ml.Regression.Trainers.NeuralNetwork(options).Fit(ml.Data.LoadFromEnumerable(examples)).Model.Network;
        AssertScoresAlike(network, examples);
        Assert.Contains("last 0,2", new ToyExport(network).Write());
    }

    private static void AssertScoresAlike(NeuralNetworkOptions options)
    {
        AssertScoresAlike(SeamTraining.Fit(options).Model.Network, Example.Clusters(20, seed: 2));
    }

    private static void AssertScoresAlike(TrainedNetwork network, List<Example> rows)
    {
        var program = new ToyExport(network).Write();
        foreach (var row in rows)
        {
            var output = new float[1];
            network.Scorer.Score(row.Features, 1, output);
            Assert.AreEqual(ToyProgram.Run(program, row.Features).Single(), output[0], 1e-5);
        }
    }
}
