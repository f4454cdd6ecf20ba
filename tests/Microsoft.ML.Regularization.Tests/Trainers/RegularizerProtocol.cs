using Microsoft.ML.Data;
using TorchSharp;
using static Microsoft.ML.Regularization.Tests.Trainers.SmallNetwork;

namespace Microsoft.ML.Regularization.Tests.Trainers;

/// <summary>What holds for every member of the recipe, found by reflection, each alone and all together.</summary>
[TestClass]
public sealed class RegularizerProtocol
{
    private static IEnumerable<object[]> Recipes =>
        typeof(RegularizationRecipe).GetProperties().Where(property => property.SetMethod is not null).Select(property =>
        {
            // Which weights are penalized shows where some are.
            var recipe = RegularizationRecipe.None with { WeightDecay = property.Name == nameof(RegularizationRecipe.PenalizeBiases) ? 0.5 : 0 };
            property.SetValue(recipe, property.GetValue(RegularizationRecipeTests.Everything));
            return new object[] { recipe };
        }).Append([RegularizationRecipeTests.Everything]).Concat(OtherKinds.Select(recipe => new object[] { recipe }));

    /// <summary>The recipes of this protocol, for tests that ask something else of each kind.</summary>
    internal static IEnumerable<RegularizationRecipe> AllRecipes => Recipes.Select(row => (RegularizationRecipe)row[0]);

    // Of members that have several kinds, those that the recipe of everything does not show.
    private static IEnumerable<RegularizationRecipe> OtherKinds =>
    [
        RegularizationRecipe.None with { Dropout = new GaussianDropout(0.2) },
        RegularizationRecipe.None with { Dropout = new AlphaDropout(0.1) },
        RegularizationRecipe.None with { Dropout = new DropConnect(0.3) },
        RegularizationRecipe.None with { Dropout = new DropConnect(0.3) { PerExample = true, Inference = DropConnectInference.MomentMatched } },
        RegularizationRecipe.None with { Dropout = new VariationalDropout() },
        RegularizationRecipe.None with { Dropout = new VariationalDropout { Rates = VariationalRates.Neuron } },
        RegularizationRecipe.None with { Dropout = new VariationalDropout { Rates = VariationalRates.Layer, WarmUpEpochs = 0, KlWeight = 0.1 } },
        RegularizationRecipe.None with { StochasticDepth = new StochasticDepth { Granularity = StochasticDepthGranularity.Batch } },
        RegularizationRecipe.None with { GradientClipping = GradientClipping.ByNorm(0.1) },
        RegularizationRecipe.None with { GradientClipping = GradientClipping.Adaptive(0.02) },
    ];

    [TestMethod]
    public void Every_kind_is_among_the_recipes()
    {
        var shown = Recipes.Select(row => (RegularizationRecipe)row[0]).SelectMany(recipe => new object?[] { recipe.Dropout, recipe.GradientClipping })
            .OfType<object>().Select(kind => kind.GetType()).ToHashSet();
        var kinds = typeof(RegularizationRecipe).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && (type.IsSubclassOf(typeof(DropoutKind)) || type.IsSubclassOf(typeof(GradientClipping))));
        CollectionAssert.IsSubsetOf(kinds.ToList(), shown.ToList());
    }

    [TestMethod]
    [DynamicData(nameof(Recipes))]
    public void It_trains_repeats_itself_survives_a_file_and_leaves_no_tensor(RegularizationRecipe recipe)
    {
        var view = new MLContext().Rows(150);
        Train(recipe, view).Dispose();
        var tensors = torch.Tensor.TotalCount;

        using var model = Train(recipe, view);
        var history = model.Model.History;
        Assert.IsLessThan(history.Epochs[0].TrainingLoss, history.Epochs[^1].TrainingLoss);

        using var again = Train(recipe, view);
        AssertEqual(Weights(model.Model), Weights(again.Model));
        Assert.AreEqual(tensors, torch.Tensor.TotalCount);

        using var file = new MemoryStream();
        new MLContext().Model.Save(model, view.Schema, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out _);
        AssertEqual(Scores(model.Transform(view)), Scores(loaded.Transform(view)));
        Assert.AreEqual(recipe, loaded.GetNeuralNetwork().Recipe);
    }

    [TestMethod]
    [DynamicData(nameof(Recipes))]
    public void It_makes_a_difference(RegularizationRecipe recipe)
    {
        // Early stopping makes its difference by which epoch the model is of.
        var view = new MLContext().Rows(150);
        var without = recipe.PenalizeBiases ? recipe with { PenalizeBiases = false } : RegularizationRecipe.None;
        Assert.AreNotEqual(Sum(Train(without, view, ArchitectureFor(recipe))), Sum(Train(recipe, view)));

        static double Sum(MulticlassPredictionTransformer<NeuralNetworkMulticlassModelParameters> model) =>
            Weights(model.Model).Sum(tensor => tensor.Sum(value => (double)value * value));
    }

    // Stochastic depth needs blocks that can be skipped, alpha dropout the activation whose moments it keeps.
    private static NetworkArchitecture ArchitectureFor(RegularizationRecipe recipe) =>
        recipe.StochasticDepth is null
        ? NetworkArchitecture.Mlp(12) with { Activation = recipe.Dropout is AlphaDropout ? Activation.SELU : Activation.ReLU }
        : NetworkArchitecture.ResidualMlp(8, 3);

    private static MulticlassPredictionTransformer<NeuralNetworkMulticlassModelParameters> Train(
        RegularizationRecipe recipe, IDataView view, NetworkArchitecture? architecture = null) =>
        new MLContext(seed: 4).Fit(Options with { Recipe = recipe, MaxEpochs = 12, Architecture = architecture ?? ArchitectureFor(recipe) }, view);
}
