using static Microsoft.ML.Regularization.Tests.Refusal;
using static Microsoft.ML.Regularization.Tests.RefusedTraining;

namespace Microsoft.ML.Regularization.Tests.Trainers;

/// <summary>Augmentations of a recipe that do not fit the trainer that carries them.</summary>
[TestClass]
public sealed class RecipeAugmentationRefusalTests
{
    private static IEnumerable<object[]> Cases =>
    [
        Case("smoothing of a target in the recipe", () => FitRegression(Targets with { Recipe = RegularizationRecipe.None with { Augmentations = [new LabelSmoothingOptions { LabelColumnName = "Target" }] } }), "label", "'Target'", "Single"),
        Case("text in a trainer", () => TrainerWith(recipe => recipe with { Augmentations = [new RandomSwapOptions()] }), "Augmentations", "RandomSwap", "before FeaturizeText"),
        Case("focal loss beside LabelSmoothing in the recipe", () => Trainer(Quick with { Loss = LossFunction.Focal(), Recipe = RegularizationRecipe.None with { Augmentations = [new LabelSmoothingOptions()] } }), "Augmentations", "LabelSmoothing", "focal loss 2"),
        Case("noise on categories alone", () => Trainer(Quick with { FeatureColumnName = null, CategoricalColumnNames = ["Kind"], Recipe = RegularizationRecipe.None with { Augmentations = [new GaussianNoiseOptions()] } }), "Augmentations holds GaussianNoise", "FeatureColumnName is null"),
        Case("pairs inside a trainer", () => TrainerWith(recipe => recipe with { Augmentations = [new MixupOptions { LabelMode = LabelMode.WeightedPairs }] }), "Augmentations", "Mixup", "WeightedPairs"),
        Case("an augmentation out of range", () => TrainerWith(recipe => recipe with { Augmentations = [new MixupOptions { Alpha = -1 }] }), "Alpha", "from 0 to 1000000", "-1"),
        Case("missing values that a recipe writes and its trainer refuses", () => Trainer(Quick with { MissingValues = MissingValues.Refuse, Recipe = RegularizationRecipe.None with { Augmentations = [new SometimesOptions { Augmentation = new FeatureDropoutOptions { Replacement = FeatureReplacement.Missing } }] } }), "MissingValues is Refuse", "Sometimes", "Impute", "Mean or Zero"),
        Case("an augmentation of null", () => TrainerWith(recipe => recipe with { Augmentations = [null!] }), "Augmentations", "null"),
        Case("an augmentation of another column", () => Fit(Quick with { Recipe = RegularizationRecipe.None with { Augmentations = [new MixupOptions { FeatureColumnName = "Pixels" }] } }), "Augmentations", "Mixup", "FeatureColumnName is 'Pixels'", "'Features', 'Label'", "leave it null"),
        Case("an augmentation of a column that is not read", () => Fit(Quick with { Recipe = RegularizationRecipe.None with { Augmentations = [new GaussianNoiseOptions { FeatureColumnName = "Soft" }] } }), "Augmentations", "GaussianNoise", "'Soft'", "'Features', 'Label'"),
        Case("mixing of weights that are not read", () => Fit(Quick with { Recipe = RegularizationRecipe.None with { Augmentations = [new MixupOptions { ExampleWeightColumnName = "Weight" }] } }), "Augmentations", "Mixup", "'Weight'"),
        Case("an augmentation of another label", () => TrainerWith(recipe => recipe with { Augmentations = [new SometimesOptions { Augmentation = new CutMixOptions { LabelColumnName = "Flag" } }] }), "Augmentations", "CutMix", "LabelColumnName is 'Flag'", "'Features', 'Label'"),
        Case("images of another column", () => TrainerWith(recipe => recipe with { Augmentations = [new CutoutOptions { FeatureColumnName = "Pixels" }] }), "Augmentations", "Cutout", "FeatureColumnName is 'Pixels'", "'Features', 'Label'"),
        Case("smoothing of another label", () => TrainerWith(recipe => recipe with { Augmentations = [new LabelSmoothingOptions { LabelColumnName = "Flag" }] }), "Augmentations", "LabelSmoothing", "LabelColumnName is 'Flag'"),
        Case("noise learned by other weights", () => TrainerWith(recipe => recipe with { Augmentations = [new GaussianNoiseOptions { ExampleWeightColumnName = "Weight" }] }), "Augmentations", "GaussianNoise", "ExampleWeightColumnName is 'Weight'"),
        Case("categories that the trainer does not read", () => TrainerWith(recipe => recipe with { Augmentations = [new MixupOptions { CategoricalColumnNames = ["Name"] }] }), "Augmentations", "Mixup", "CategoricalColumnNames is 'Name'", "'Features', 'Label'"),
        Case("focal loss beside Mixup in the recipe", () => Trainer(Quick with { Loss = LossFunction.Focal(), Recipe = RegularizationRecipe.None with { Augmentations = [new MixupOptions()] } }), "Augmentations", "Mixup", "focal loss 2", "hard labels"),
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void An_error_names_what_is_wrong(string name, Action action, string[] fragments) => Check(name, action, fragments);
}
