using static Microsoft.ML.Regularization.Tests.Refusal;
using static Microsoft.ML.Regularization.Tests.RefusedTraining;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Tabular;

/// <summary>Misuse of noise, feature dropout and feature swap.</summary>
[TestClass]
public sealed class TabularRefusalTests
{
    private static IEnumerable<object[]> Cases =>
    [
        Case("noise without features", () => Tabular(new GaussianNoiseOptions { FeatureColumnName = "Pixels" }), "feature column 'Pixels'"),
        Case("noise on text", () => Tabular(new GaussianNoiseOptions { FeatureColumnName = "Name" }), "'Name'", "Vector<Single> of known size or Single", "String"),
        Case("noise on classes", () => Tabular(new GaussianNoiseOptions { FeatureColumnName = "Label" }), "'Label'", "Single", "Key<UInt32"),
        Case("noise on rows of unknown length", () => Ml.Data.Augment(UnknownLength(), new GaussianNoiseOptions()), "'Features'", "known size"),
        Case("feature dropout of text", () => Tabular(new FeatureDropoutOptions { FeatureColumnName = "Name" }), "'Name'", "Vector<Single> of known size or Single", "String"),
        Case("feature swap of a number", () => Tabular(new FeatureSwapOptions { FeatureColumnName = "Target" }), "'Target'", "Vector<Single>"),
        Case("feature swap without features", () => Tabular(new FeatureSwapOptions { FeatureColumnName = "Pixels" }), "feature column 'Pixels'"),
        Case("feature swap without the label to mix", () => Tabular(new FeatureSwapOptions { LabelColumnName = "Class", MixLabels = true }), "label column 'Class'"),
        Case("noise on slots without names", () => Tabular(new GaussianNoiseOptions { SlotNames = ["Age"] }), "SlotNames", "'Age'", "'Features'", "no names"),
        Case("noise on an unknown slot", () => Slots(new GaussianNoiseOptions { SlotNames = ["Weight", "Aged"] }), "SlotNames", "'Aged'", "'Slots'", "'Weight', 'Target', 'Four.Weight', 'Four.Target'"),
        Case("feature dropout of an unknown slot", () => Slots(new FeatureDropoutOptions { SlotNames = ["weight"] }), "SlotNames", "'weight'", "'Slots'", "'Weight'"),
        Case("feature swap of an unknown slot", () => Slots(new FeatureSwapOptions { SlotNames = ["Weigh"] }), "SlotNames", "'Weigh'", "'Slots'", "'Weight'"),
        Case("noise on a row of another length", () => Noisy(Changed(row => row.Features = row.Id == 6 ? [1, 2] : row.Features)), "'Features'", "2 features instead of 4"),
        Case("Scale", () => Ml.Transforms.GaussianNoise(scale: -0.1), "Scale", "at least 0", "-0.1"),
        Case("Scale infinite", () => Ml.Transforms.GaussianNoise(scale: double.PositiveInfinity), "Scale", "at least 0", "Infinity"),
        Case("Probability of noise", () => Ml.Transforms.GaussianNoise(probability: 1.5), "Probability", "from 0 to 1", "1.5"),
        Case("FeatureColumnName of noise", () => Ml.Transforms.GaussianNoise(" "), "FeatureColumnName", "blank"),
        Case("SlotNames of noise", () => Ml.Transforms.GaussianNoise(slotNames: []), "SlotNames", "empty"),
        Case("a blank slot name", () => Ml.Transforms.FeatureDropout(slotNames: ["Age", ""]), "SlotNames", "blank"),
        Case("Rate of feature dropout", () => Ml.Transforms.FeatureDropout(rate: 1), "Rate", "at least 0 and below 1", "1"),
        Case("Replacement", () => Ml.Transforms.FeatureDropout(replacement: (FeatureReplacement)5), "Replacement", "Mean, Zero, Missing", "5"),
        Case("Rate of feature swap", () => Ml.Transforms.FeatureSwap(rate: double.NaN), "Rate", "at least 0 and below 1", "NaN"),
        Case("SlotNames of feature swap", () => Ml.Transforms.FeatureSwap(slotNames: [null!]), "SlotNames", "blank"),
        Case("LabelMode of unmixed labels", () => Ml.Transforms.FeatureSwap(labelMode: LabelMode.WeightedPairs), "LabelMode is WeightedPairs", "MixLabels is false"),
        Case("options of noise", () => Ml.Transforms.GaussianNoise((GaussianNoiseOptions)null!), "options"),
        Case("a category of no name", () => Ml.Transforms.FeatureSwap(categoricalColumnNames: ["Name", ""]), "CategoricalColumnNames[1]", "blank"),
        Case("weights of a swap that are missing", () => Tabular(new FeatureSwapOptions { ExampleWeightColumnName = "Mass" }), "weight column 'Mass'"),
        Case("weights of noise that are no numbers", () => Tabular(new GaussianNoiseOptions { ExampleWeightColumnName = "Name" }), "'Name'", "Single"),
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void An_error_names_what_is_wrong(string name, Action action, string[] fragments) => Check(name, action, fragments);

    private static TrainingOnlyTransformer Tabular(AugmentationOptions options) => new TrainingOnlyEstimator(Ml, options).Fit(View(Example.Clusters(30)));

    private static TrainingOnlyTransformer Slots(AugmentationOptions options)
    {
        var named = Ml.Transforms.Concatenate("Four", "Weight", "Target").Append(Ml.Transforms.Concatenate("Slots", "Weight", "Target", "Four"))
            .Fit(View(Example.Clusters(30))).Transform(View(Example.Clusters(30)));
        return new TrainingOnlyEstimator(Ml, options switch
        {
            FeatureSwapOptions swap => swap with { FeatureColumnName = "Slots" },
            TabularAugmentationOptions tabular => tabular with { FeatureColumnName = "Slots" },
            _ => options,
        }).Fit(named);
    }

    private static List<ReadRow> Noisy(List<Example> rows) => Ml.Data.Augment(View(rows), new GaussianNoiseOptions()).Read();
}
