namespace Microsoft.ML.Regularization.Tests.Regularizers;

[TestClass]
public sealed class PenalizeBiasesTests
{
    public static IEnumerable<object[]> Penalties =>
    [
        [RegularizationRecipe.None with { WeightDecay = 10 }],
        [RegularizationRecipe.None with { L2 = 3 }],
        [RegularizationRecipe.None with { L1 = 1 }],
    ];

    /// <summary>Of two classes one is three times as common: a penalty that leaves no weights leaves biases that tell so, unless it applies to them too.</summary>
    [TestMethod]
    [DynamicData(nameof(Penalties))]
    public void Biases_tell_the_classes_shares_unless_they_are_penalized_too(RegularizationRecipe recipe)
    {
        var expected = Math.Log(3);
        Assert.AreEqual(expected, LogOdds(recipe), 0.15, recipe.ToString());
        Assert.IsLessThan(0.3 * expected, LogOdds(recipe with { PenalizeBiases = true }), recipe.ToString());
    }

    [TestMethod]
    public void Normalizations_keep_their_scale_unless_they_are_penalized_too()
    {
        Assert.IsGreaterThan(0.5f, Scale(penalizesBiases: false));
        Assert.AreEqual(0, Scale(penalizesBiases: true));

        static float Scale(bool penalizesBiases) => Fit(
            RegularizationRecipe.None with { L1 = 1, PenalizeBiases = penalizesBiases }, NetworkArchitecture.Mlp(4) with { Normalization = Normalization.Layer })
            .Weights.Single(tensor => tensor.Name.Contains("norm", StringComparison.Ordinal) && tensor.Name.EndsWith("weight", StringComparison.Ordinal)).Values.Span[0];
    }

    private static double LogOdds(RegularizationRecipe recipe)
    {
        var biases = Fit(recipe, NetworkArchitecture.Mlp()).Weights.Single(tensor => tensor.Name == "output.bias").Values.Span;
        return biases[0] - biases[1];
    }

    private static NeuralNetworkMulticlassModelParameters Fit(RegularizationRecipe recipe, NetworkArchitecture architecture)
    {
        var ml = new MLContext(seed: 1);
        var rows = Example.Clusters(240);
        for (var i = 0; i < rows.Count; i++)
            rows[i].Soft = i % 4 == 3 ? [0, 1, 0] : [1, 0, 0];
        return ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            LabelColumnName = "Soft",
            Architecture = architecture,
            Recipe = recipe,
            LearningRate = 0.02,
            BatchSize = 240,
            MaxEpochs = 400,
        }).Fit(ml.Data.LoadFromEnumerable(rows)).Model;
    }
}
