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
            var recipe = RegularizationRecipe.None with { };
            property.SetValue(recipe, property.GetValue(RegularizationRecipeTests.Everything));
            return new object[] { recipe };
        }).Append([RegularizationRecipeTests.Everything]).Concat(OtherKinds.Select(recipe => new object[] { recipe }));

    // Of members that have several kinds, those that the recipe of everything does not show.
    private static IEnumerable<RegularizationRecipe> OtherKinds =>
    [
        RegularizationRecipe.None with { Dropout = new GaussianDropout(0.2) },
        RegularizationRecipe.None with { GradientClipping = GradientClipping.ByNorm(0.1) },
        RegularizationRecipe.None with { GradientClipping = GradientClipping.Adaptive(0.02) },
        RegularizationRecipe.None with { AdversarialTraining = AdversarialTraining.Pgd(0.1, steps: 3) },
        RegularizationRecipe.None with { AdversarialTraining = AdversarialTraining.Pgd(0.2, norm: AdversarialNorm.L2) with { Weight = 1, Maximum = 3 } },
        RegularizationRecipe.None with { WeightAveraging = WeightAveraging.Stochastic() },
    ];

    [TestMethod]
    public void Every_kind_is_among_the_recipes()
    {
        var severalKinds = typeof(RegularizationRecipe).GetProperties().Where(property => property.PropertyType.IsAbstract && property.SetMethod is not null).ToList();
        var shown = Recipes.SelectMany(row => severalKinds.Select(property => property.GetValue(row[0])))
            .OfType<object>().Select(kind => kind.GetType()).ToHashSet();
        var kinds = typeof(RegularizationRecipe).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && severalKinds.Any(property => type.IsSubclassOf(property.PropertyType)));
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
        Assert.AreNotEqual(Sum(Train(RegularizationRecipe.None, view)), Sum(Train(recipe, view)));

        static double Sum(MulticlassPredictionTransformer<NeuralNetworkMulticlassModelParameters> model) =>
            Weights(model.Model).Sum(tensor => tensor.Sum(value => (double)value * value));
    }

    private static MulticlassPredictionTransformer<NeuralNetworkMulticlassModelParameters> Train(RegularizationRecipe recipe, IDataView view) =>
        new MLContext(seed: 4).Fit(Options with { Recipe = recipe, MaxEpochs = 12, Architecture = NetworkArchitecture.Mlp(12) }, view);
}
