using static Microsoft.ML.Regularization.Tests.Refusal;
using static Microsoft.ML.Regularization.Tests.RefusedTraining;

namespace Microsoft.ML.Regularization.Tests.Trainers;

/// <summary>Misuse of a trainer: columns, rows and options.</summary>
[TestClass]
public sealed class TrainerRefusalTests
{
    private static IEnumerable<object[]> Cases =>
    [
        Case("trainer without features", () => Fit(Quick with { FeatureColumnName = "Pixels" }), "feature column 'Pixels'"),
        Case("trainer without label", () => Fit(Quick with { LabelColumnName = "Class" }), "label column 'Class'"),
        Case("trainer without weights", () => Fit(Quick with { ExampleWeightColumnName = "Cost" }), "weight column 'Cost'"),
        Case("trainer on text labels", () => Fit(Quick with { LabelColumnName = "Name" }), "'Name'", "Key<UInt32>", "ml.Transforms.Conversion.MapValueToKey", "String"),
        Case("trainer on numbers as labels", () => Fit(Quick with { LabelColumnName = "Target" }), "'Target'", "Key<UInt32>", "ml.Transforms.Conversion.MapValueToKey", "Single"),
        Case("trainer on booleans as labels", () => Fit(Quick with { LabelColumnName = "Flag" }), "'Flag'", "Key<UInt32>", "ml.BinaryClassification.Trainers.NeuralNetwork", "Boolean"),
        Case("trainer on a number as features", () => Fit(Quick with { FeatureColumnName = "Target" }), "'Target'", "Vector<Single>", "Single"),
        Case("trainer on rows of unknown length", () => Ml.MulticlassClassification.Trainers.NeuralNetwork(Quick).Fit(UnknownLength()), "'Features'", "Vector<Single>"),
        Case("trainer on text weights", () => Fit(Quick with { ExampleWeightColumnName = "Name" }), "'Name'", "Single"),
        Case("scoring rows of another length", () => Fit(Quick).Transform(OtherLength()), "feature", "Vector<Single, 4>", "Vector<Single, 2>"),
        Case("no rows", () => Fit(Quick, []), "no training rows", "empty"),
        Case("a missing number that is refused", () => Fit(Quick with { MissingValues = MissingValues.Refuse }, Changed(row => row.Features[2] = row.Id == 7 ? float.NaN : 1)), "'Features'", "row 7", "slot 2", "NaN", "MissingValues is Refuse"),
        Case("an infinite number that is refused", () => Fit(Quick with { MissingValues = MissingValues.Refuse }, Changed(row => row.Features[1] = row.Id == 9 ? float.PositiveInfinity : row.Id)), "'Features'", "row 9", "slot 1", "Infinity", "MissingValues is Refuse"),
        Case("MissingValues", () => Trainer(Quick with { MissingValues = (MissingValues)7 }), "MissingValues", "Impute, Refuse", "7"),
        Case("all labels missing", () => Fit(Quick, Changed(row => row.Label = Example.ClassCount)), "No usable training rows", "30", "'Label'"),
        Case("one class", () => Fit(Quick, Changed(row => row.Label = 1)), "'Label'", "all 30 training rows are of class 2", "two classes"),
        Case("a soft label of too much mass", () => Fit(Quick with { LabelColumnName = "Soft" }, Changed(row => row.Soft[0] += row.Id == 7 ? 0.5f : 0)), "'Soft'", "row 7", "1.5", "add up to 1"),
        Case("a soft label with a negative share", () => Fit(Quick with { LabelColumnName = "Soft" }, Changed(row => row.Soft = row.Id == 4 ? [1.5f, -0.5f, 0] : row.Soft)), "'Soft'", "row 4", "-0.5", "at least 0"),
        Case("a negative weight", () => Fit(Quick with { ExampleWeightColumnName = "Weight" }, Changed(row => row.Weight = row.Id == 9 ? -2 : 1)), "'Weight'", "row 9", "-2", "at least 0"),
        Case("a weight that is no number", () => Fit(Quick with { ExampleWeightColumnName = "Weight" }, Changed(row => row.Weight = row.Id == 9 ? float.NaN : 1)), "'Weight'", "row 9", "NaN"),
        Case("no weight at all", () => Fit(Quick with { ExampleWeightColumnName = "Weight" }, Changed(row => row.Weight = 0)), "'Weight'", "all example weights are 0"),
        Case("features of ruinous scale", () => Fit(Quick with { LearningRate = 1e30, MaxEpochs = 5 }), "diverged", "LearningRate"),
        Case("a row of another length", () => Fit(Quick, Changed(row => row.Features = row.Id == 6 ? [1, 2] : row.Features)), "'Features'", "row 6", "2 features instead of 4"),
        Case("a soft label of another length", () => Fit(Quick with { LabelColumnName = "Soft" }, Changed(row => row.Soft = row.Id == 6 ? [1, 0] : row.Soft)), "'Soft'", "row 6", "2 probabilities instead of 3"),
        Case("errors read the same in every culture", () => InGerman(() => Fit(Quick with { LearningRate = 1.5e30, MaxEpochs = 5 })), "LearningRate (1.5E+30)"),
        Case("a soft label's mass in every culture", () => InGerman(() => Fit(Quick with { LabelColumnName = "Soft" }, Changed(row => row.Soft[0] += row.Id == 7 ? 0.5f : 0))), "add up to 1.5."),
        Case("MaxEpochs", () => Trainer(Quick with { MaxEpochs = 0 }), "MaxEpochs", "at least 1", "0"),
        Case("BatchSize", () => Trainer(Quick with { BatchSize = 0 }), "BatchSize", "at least 1", "0"),
        Case("LearningRate", () => Trainer(Quick with { LearningRate = 0 }), "LearningRate", "above 0", "0"),
        Case("LearningRate infinite", () => Trainer(Quick with { LearningRate = double.PositiveInfinity }), "LearningRate", "above 0", "Infinity"),
        Case("LabelColumnName", () => Trainer(Quick with { LabelColumnName = "" }), "LabelColumnName", "blank"),
        Case("FeatureColumnName", () => Trainer(Quick with { FeatureColumnName = "" }), "FeatureColumnName", "blank"),
        Case("neither features nor categories", () => Trainer(Quick with { FeatureColumnName = null }), "FeatureColumnName is null", "CategoricalColumnNames names no column"),
        Case("features that are forgotten beside categories", () => Fit(Quick with { FeatureColumnName = "Feature", CategoricalColumnNames = ["Label"] }), "feature column 'Feature'", "CategoricalColumnNames alone, set FeatureColumnName to null"),
        Case("texts as categories", () => Fit(Quick with { CategoricalColumnNames = ["Name"] }), "category", "'Name'", "ml.Transforms.Conversion.MapValueToKey", "String"),
        Case("numbers as categories", () => Fit(Quick with { CategoricalColumnNames = ["Target"] }), "category", "'Target'", "ml.Transforms.Conversion.MapValueToKey", "Single"),
        Case("ExampleWeightColumnName", () => Trainer(Quick with { ExampleWeightColumnName = "" }), "ExampleWeightColumnName", "blank"),
        Case("a name twice", () => Trainer(Quick with { CategoricalColumnNames = ["Kind", "Kind"] }), "CategoricalColumnNames names 'Kind' twice"),
        Case("InputScaling", () => Trainer(Quick with { InputScaling = (InputScaling)9 }), "InputScaling", "RobustSmoothClip", "9"),
        Case("TimeLimit", () => Trainer(Quick with { TimeLimit = TimeSpan.Zero }), "TimeLimit", "above 0", "00:00:00"),
        Case("GradientTolerance", () => Trainer(Quick with { GradientTolerance = -1 }), "GradientTolerance", "at least 0", "-1"),
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void An_error_names_what_is_wrong(string name, Action action, string[] fragments) => Check(name, action, fragments);
}
