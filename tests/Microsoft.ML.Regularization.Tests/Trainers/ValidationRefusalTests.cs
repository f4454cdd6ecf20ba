using static Microsoft.ML.Regularization.Tests.Refusal;
using static Microsoft.ML.Regularization.Tests.RefusedTraining;

namespace Microsoft.ML.Regularization.Tests.Trainers;

/// <summary>Validation rows that are missing, empty or of another kind than the training rows.</summary>
[TestClass]
public sealed class ValidationRefusalTests
{
    private static IEnumerable<object[]> Cases =>
    [
        Case("early stopping without validation rows", () => Fit(Quick with { Recipe = RegularizationRecipe.SmallDataset, ValidationFraction = 0 }), "EarlyStopping", "validation rows", "HoldOut"),
        Case("a validation set of other features", () => Fit(Quick with { ValidationSet = OtherLength() }), "ValidationSet", "2 features", "4"),
        Case("a validation set without label", () => Fit(Quick with { ValidationSet = Ml.Transforms.DropColumns("Label").Fit(View(Example.Clusters(9))).Transform(View(Example.Clusters(9))) }), "label column 'Label'"),
        Case("a validation set whose keys have other values", () => FitOnNames(Example.Clusters(30), Example.Clusters(30).ConvertAll(row => { row.Name = "new " + row.Name; return row; })), "ValidationSet", "'Key'", "the training set does not know: 'new class 0'", "It knows 'class 0', 'class 1'", "one fitted transformer"),
        Case("an empty validation set", () => Fit(Quick with { ValidationSet = View([]) }), "ValidationSet", "no usable rows"),
        Case("hold out marks nothing", () => Ml.Transforms.HoldOut(new HoldOutOptions { Fraction = 1e-9, Stratifies = false }).Append(Ml.MulticlassClassification.Trainers.NeuralNetwork(Quick)).Fit(View(Example.Clusters(30))), "HoldOut", "none of 30 rows", "Fraction"),
        Case("hold out marks everything", () => Ml.Transforms.HoldOut(new HoldOutOptions { Fraction = 1 - 1e-9, Stratifies = false }).Append(Ml.MulticlassClassification.Trainers.NeuralNetwork(Quick)).Fit(View(Example.Clusters(30))), "HoldOut", "all 30 usable rows", "lower its Fraction"),
        Case("hold out twice", () => Ml.Transforms.HoldOut().Append(Ml.Transforms.HoldOut()).Fit(View(Example.Clusters(30))), "HeldOutForValidation", "only once"),
        Case("ValidationFraction", () => Trainer(Quick with { ValidationFraction = 1 }), "ValidationFraction", "below 1", "1"),
        Case("a share of pairs to validate on", () => Ml.Transforms.Mixup(labelMode: LabelMode.WeightedPairs).Append(Trainer(Quick with { ValidationFraction = 0.2 })).Fit(View(Example.Clusters(30))), "ValidationFraction", "0.2", "Mixup writes rows more than once", "HoldOut"),
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void An_error_names_what_is_wrong(string name, Action action, string[] fragments) => Check(name, action, fragments);

    private static ITransformer FitOnNames(List<Example> training, List<Example> validation) =>
        Trainer(Quick with { LabelColumnName = "Key" }).Fit(KeysOfNames(training), KeysOfNames(validation));

    private static IDataView KeysOfNames(List<Example> rows) => Ml.Transforms.Conversion.MapValueToKey("Key", "Name").Fit(View(rows)).Transform(View(rows));
}
