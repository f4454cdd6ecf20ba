using System.Reflection;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Augmentation;

namespace Microsoft.ML.Regularization.Tests.Trainers;

/// <summary>
/// What holds for every augmentation of a recipe, and every preset, whatever the trainer's columns are called: they are the trainer's columns, weights and
/// categories among them.
/// </summary>
[TestClass]
public sealed class RecipeColumnsProtocol
{
    private static readonly TrainerColumnNames Names = new("Pixels", "Kind", "Importance", ["Color", "Sizes"]);

    private static IEnumerable<object[]> Augmentations => TrainingOnlyProtocol.AllOptions.OfType<AugmentationOptions>()
        .Where(options => options.WhyNotInTrainer is null && options is not MixingOptions { CategoricalColumnNames: not null })
        .Select(options => new object[] { options });

    private static IEnumerable<object[]> Presets => typeof(RegularizationRecipe).GetProperties(BindingFlags.Public | BindingFlags.Static)
        .Select(property => new object[] { property.Name, property.GetValue(null)! });

    [TestMethod]
    [DynamicData(nameof(Presets))]
    public void Every_preset_trains_on_columns_of_any_name(string name, RegularizationRecipe preset)
    {
        var ml = new MLContext(seed: 1);
        var options = Options(preset) with
        {
            Architecture = preset.StochasticDepth is null ? NetworkArchitecture.Mlp(8) : NetworkArchitecture.ResidualMlp(8, 2),
            ValidationFraction = preset.EarlyStopping is null ? null : 0.25,
        };
        var model = ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(View(ml, Rows())).Model;
        Assert.IsTrue(model.Weights.SelectMany(tensor => tensor.Values.ToArray()).All(float.IsFinite), name);
        Assert.AreEqual(preset, model.Recipe);
    }

    [TestMethod]
    [DynamicData(nameof(Augmentations))]
    public void In_the_recipe_it_is_what_it_is_in_the_pipeline_with_the_columns_named(AugmentationOptions options)
    {
        var ml = new MLContext(seed: 1);
        var view = View(ml, Rows());
        var inside = Fit(ml, view, options);
        var named = Named(options);
        var trainer = ml.MulticlassClassification.Trainers.NeuralNetwork(Options(RegularizationRecipe.None));
        var before = new TrainingOnlyEstimator(ml, named).Append(trainer).Fit(view).LastTransformer.Model;
        SmallNetwork.AssertEqual(SmallNetwork.Weights(before), SmallNetwork.Weights(inside));

        // The trainer's own names, said once more, are no others.
        SmallNetwork.AssertEqual(SmallNetwork.Weights(Fit(ml, view, named)), SmallNetwork.Weights(inside));
    }

    [TestMethod]
    [DynamicData(nameof(Augmentations))]
    public void Rows_of_weight_zero_do_not_leak_into_others(AugmentationOptions options) =>
        AssertNoLeak(RegularizationRecipe.None with { Augmentations = [options] });

    [TestMethod]
    public void Rows_of_weight_zero_do_not_leak_within_the_network() =>
        AssertNoLeak(RegularizationRecipe.None with { ManifoldMixup = new ManifoldMixup() });

    [TestMethod]
    [DynamicData(nameof(Augmentations))]
    public void Its_json_names_no_column_that_was_not_named(AugmentationOptions options)
    {
        var recipe = RegularizationRecipe.None with { Augmentations = [options] };
        Assert.DoesNotContain("olumnName", recipe.ToJson());
        Assert.AreEqual(recipe, RegularizationRecipe.FromJson(recipe.ToJson()));
        var named = RegularizationRecipe.None with { Augmentations = [Named(options)] };
        Assert.Contains("olumnName", named.ToJson());
        Assert.AreEqual(named, RegularizationRecipe.FromJson(named.ToJson()));
    }

    private static void AssertNoLeak(RegularizationRecipe recipe)
    {
        var ml = new MLContext(seed: 1);
        var (some, others) = (Rows(), Rows());
        foreach (var row in others.Where(row => row.Importance == 0))
        {
            row.Pixels = [900, -900, 900, 5];
            row.Kind = (row.Kind + 1) % 3;
            row.Color = (row.Color + 3) % 5;
            row.Sizes = [.. row.Sizes.Select(size => (size + 1) % 4)];
        }

        // Whatever they hold, the model is the same.
        SmallNetwork.AssertEqual(SmallNetwork.Weights(Fit(ml, View(ml, some), recipe)), SmallNetwork.Weights(Fit(ml, View(ml, others), recipe)));
    }

    private static AugmentationOptions Named(AugmentationOptions options) => options switch
    {
        OneOfOptions choice => choice with { Augmentations = [.. choice.Augmentations.Select(Named)] },
        SometimesOptions choice => choice with { Augmentation = Named(choice.Augmentation) },
        MixingOptions mixing => mixing with
        {
            FeatureColumnName = "Pixels", LabelColumnName = "Kind", ExampleWeightColumnName = "Importance", CategoricalColumnNames = ["Color", "Sizes"],
        },
        TabularAugmentationOptions tabular => tabular with { FeatureColumnName = "Pixels", ExampleWeightColumnName = "Importance" },
        ImageAugmentationOptions image => image with { FeatureColumnName = "Pixels" },
        CustomAugmentationOptions own => own with { FeatureColumnName = "Pixels" },
        LabelSmoothingOptions smoothing => smoothing with { LabelColumnName = "Kind" },
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Name, "How are its columns named?"),
    };

    private static NeuralNetworkMulticlassModelParameters Fit(MLContext ml, IDataView view, AugmentationOptions options) =>
        Fit(ml, view, RegularizationRecipe.None with { Augmentations = [options] });

    private static NeuralNetworkMulticlassModelParameters Fit(MLContext ml, IDataView view, RegularizationRecipe recipe) =>
        ml.MulticlassClassification.Trainers.NeuralNetwork(Options(recipe)).Fit(view).Model;

    private static NeuralNetworkOptions Options(RegularizationRecipe recipe) => SmallNetwork.Options with
    {
        FeatureColumnName = Names.Features,
        LabelColumnName = Names.Label,
        ExampleWeightColumnName = Names.Weight,
        CategoricalColumnNames = [.. Names.Categories],
        Architecture = NetworkArchitecture.Mlp(8),
        InputScaling = InputScaling.None,
        Recipe = recipe,
        MaxEpochs = 2,
    };

    private static IDataView View(MLContext ml, List<Row> rows) => ml.Data.LoadFromEnumerable(rows);

    private static List<Row> Rows() =>
    [
        .. Example.Clusters(90).Select(row => new Row
        {
            Pixels = row.Features,
            Kind = row.Label,
            Importance = row.Id % 4 == 1 ? 0 : row.Weight,
            Color = (uint)(row.Id % 6),
            Sizes = [(uint)(row.Id % 4), (uint)(row.Id / 7 % 4)],
        }),
    ];

    private sealed class Row
    {
        [VectorType(4)]
        public float[] Pixels { get; set; } = [];

        [KeyType(3)]
        public uint Kind { get; set; }

        public float Importance { get; set; }

        [KeyType(5)]
        public uint Color { get; set; }

        [KeyType(4)]
        [VectorType(2)]
        public uint[] Sizes { get; set; } = [];
    }
}
