using static Microsoft.ML.Regularization.Tests.Refusal;
using static Microsoft.ML.Regularization.Tests.RefusedTraining;

namespace Microsoft.ML.Regularization.Tests.Tasks;

/// <summary>Labels, penalties and metrics that do not fit the task.</summary>
[TestClass]
public sealed class TaskRefusalTests
{
    private static IEnumerable<object[]> Cases =>
    [
        Case("binary on keys", () => FitBinary(Quick), "'Label'", "Boolean", "Key<UInt32"),
        Case("binary on three probabilities", () => FitBinary(Quick with { LabelColumnName = "Soft" }), "'Soft'", "Boolean or Vector<Single, 2>", "Vector<Single, 3>"),
        Case("binary on one class", () => FitBinary(Flags, Changed(row => row.Flag = true)), "'Flag'", "all 30 training rows are of class 'True'", "two classes"),
        Case("binary of a single row", () => FitBinary(Flags, Example.Clusters(1)), "'Flag'", "all 1 training rows"),
        Case("regression on keys", () => FitRegression(Quick), "'Label'", "Single", "Key<UInt32"),
        Case("regression on equal targets", () => FitRegression(Targets, Changed(row => row.Target = 2.5f)), "'Target'", "all 30 training rows have the target 2.5", "two different"),
        Case("regression of a single row", () => FitRegression(Targets, Example.Clusters(1)), "'Target'", "all 1 training rows"),
        Case("an infinite target", () => FitRegression(Targets, Changed(row => row.Target = row.Id == 8 ? float.PositiveInfinity : row.Target)), "'Target'", "row 8", "finite", "Infinity"),
        Case("all targets missing", () => FitRegression(Targets, Changed(row => row.Target = float.NaN)), "No usable training rows", "30", "'Target'"),
        Case("smoothed numbers", () => FitRegression(Targets with { Recipe = RegularizationRecipe.None with { LabelSmoothing = 0.1 } }), "LabelSmoothing", "0.1", "regression"),
        Case("confidence in numbers", () => FitRegression(Targets with { Recipe = RegularizationRecipe.None with { ConfidencePenalty = 0.2 } }), "ConfidencePenalty", "0.2", "regression"),
        Case("a metric of numbers for classes", () => TrainerWith(recipe => recipe with { EarlyStopping = new() { Metric = ValidationMetric.RSquared } }), "EarlyStopping.Metric", "RSquared", "multiclass", "Accuracy"),
        Case("a metric of two classes for three", () => TrainerWith(recipe => recipe with { EarlyStopping = new() { Metric = ValidationMetric.AreaUnderRocCurve } }), "EarlyStopping.Metric", "AreaUnderRocCurve", "multiclass"),
        Case("a metric of classes for numbers", () => FitRegression(Targets with { Recipe = RegularizationRecipe.None with { EarlyStopping = new() { Metric = ValidationMetric.Accuracy } } }), "EarlyStopping.Metric", "Accuracy", "regression", "RSquared"),
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void An_error_names_what_is_wrong(string name, Action action, string[] fragments) => Check(name, action, fragments);
}
