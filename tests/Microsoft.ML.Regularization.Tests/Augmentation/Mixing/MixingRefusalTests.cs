using static Microsoft.ML.Regularization.Tests.Refusal;
using static Microsoft.ML.Regularization.Tests.RefusedTraining;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Mixing;

/// <summary>Misuse of Mixup: columns, rows and options.</summary>
[TestClass]
public sealed class MixingRefusalTests
{
    private static IEnumerable<object[]> Cases =>
    [
        Case("mixup without features", () => FitMixup(new() { FeatureColumnName = "Pixels" }), "feature column 'Pixels'"),
        Case("mixup without label", () => FitMixup(new() { LabelColumnName = "Class" }), "label column 'Class'"),
        Case("mixup without its weight", () => FitMixup(new() { ExampleWeightColumnName = "Cost" }), "weight column 'Cost'"),
        Case("mixup of text labels", () => FitMixup(new() { LabelColumnName = "Name" }), "'Name'", "Key<UInt32>", "String"),
        Case("mixup of a number as features", () => FitMixup(new() { FeatureColumnName = "Target" }), "'Target'", "Vector<Single>"),
        Case("mixup of text weights", () => FitMixup(new() { ExampleWeightColumnName = "Name" }), "'Name'", "Single", "String"),
        Case("mixup of rows of unknown length", () => Ml.Data.Augment(UnknownLength(), new MixupOptions()), "'Features'", "known size"),
        Case("mixup of a row of another length", () => Mixed(Changed(row => row.Features = row.Id == 6 ? [1, 2] : row.Features)), "'Features'", "2 features instead of 4"),
        Case("mixup of a soft label of another length", () => Mixed(Changed(row => row.Soft = row.Id == 6 ? [1, 0] : row.Soft), "Soft"), "'Soft'", "2 probabilities instead of 3"),
        Case("Alpha", () => Ml.Transforms.Mixup(alpha: -0.1), "Alpha", "from 0 to 1000000", "-0.1"),
        Case("Alpha NaN", () => Ml.Transforms.Mixup(alpha: double.NaN), "Alpha", "from 0 to 1000000", "NaN"),
        Case("Probability", () => Ml.Transforms.Mixup(probability: 1.1), "Probability", "from 0 to 1", "1.1"),
        Case("LabelMode", () => Ml.Transforms.Mixup(labelMode: (LabelMode)7), "LabelMode", "Soft, WeightedPairs", "7"),
        Case("FeatureColumnName of mixup", () => Ml.Transforms.Mixup(" "), "FeatureColumnName", "blank"),
        Case("LabelColumnName of mixup", () => Ml.Transforms.Mixup("Features", " "), "LabelColumnName", "blank"),
        Case("ExampleWeightColumnName of mixup", () => Ml.Transforms.Mixup(exampleWeightColumnName: ""), "ExampleWeightColumnName", "blank"),
        Case("one column in two roles", () => Ml.Transforms.Mixup("Label", "Label"), "'Label'", "different columns"),
        Case("options of mixup", () => Ml.Transforms.Mixup((MixupOptions)null!), "options"),
        Case("a category twice", () => Ml.Transforms.Mixup(categoricalColumnNames: ["Name", "Name"]), "CategoricalColumnNames", "'Name' twice"),
        Case("the features as a category", () => Ml.Transforms.Mixup(categoricalColumnNames: ["Features"]), "categories ('Features')", "'Features' is named twice"),
        Case("a category that is missing", () => FitMixup(new() { CategoricalColumnNames = ["Job"] }), "category column 'Job'"),
        Case("numbers as categories", () => FitMixup(new() { CategoricalColumnNames = ["Soft"] }), "'Soft'", "Key, String", "Vector<Single"),
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void An_error_names_what_is_wrong(string name, Action action, string[] fragments) => Check(name, action, fragments);

    private static object FitMixup(MixupOptions options) => Ml.Transforms.Mixup(options).Fit(View(Example.Clusters(30)));

    private static List<ReadRow> Mixed(List<Example> rows, string label = "Label") =>
        Ml.Data.Augment(View(rows), new MixupOptions { Alpha = 1, LabelColumnName = label }).Read(label);
}
