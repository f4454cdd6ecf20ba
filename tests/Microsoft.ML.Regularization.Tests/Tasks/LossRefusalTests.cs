using static Microsoft.ML.Regularization.Tests.Refusal;
using static Microsoft.ML.Regularization.Tests.RefusedTraining;

namespace Microsoft.ML.Regularization.Tests.Tasks;

/// <summary>Losses that do not fit the task, the labels or the recipe.</summary>
[TestClass]
public sealed class LossRefusalTests
{
    private static IEnumerable<object[]> Cases =>
    [
        Case("manifold mixup beside focal loss", () => Trainer(Quick with { Loss = LossFunction.Focal(), Recipe = RegularizationRecipe.None with { ManifoldMixup = new() } }), "ManifoldMixup is manifold mixup 2", "Loss is focal", "hard labels"),
        Case("a loss of numbers for classes", () => Trainer(Quick with { Loss = LossFunction.Squared }), "Loss", "squared loss", "multiclass classification", "CrossEntropy or Focal"),
        Case("a loss of classes for numbers", () => FitRegression(Targets with { Loss = LossFunction.Focal() }), "Loss", "focal loss 2", "regression", "Squared, Absolute or Huber"),
        Case("Gamma", () => Trainer(Quick with { Loss = LossFunction.Focal(-1) }), "FocalLoss.Gamma", "at least 0", "-1"),
        Case("Delta", () => FitRegression(Targets with { Loss = LossFunction.Huber(0) }), "HuberLoss.Delta", "above 0", "0"),
        Case("focal loss of soft labels", () => Fit(Quick with { LabelColumnName = "Soft", Loss = LossFunction.Focal() }), "focal loss 2", "hard labels", "'Soft'", "Vector<Single, 3>"),
        Case("focal loss of mixed labels", () => Ml.Transforms.Mixup().Append(Trainer(Quick with { Loss = LossFunction.Focal() })).Fit(View(Example.Clusters(30))), "focal loss 2", "hard labels", "WeightedPairs"),
        Case("focal loss of smoothed labels", () => Trainer(Quick with { Loss = LossFunction.Focal(), Recipe = RegularizationRecipe.None with { LabelSmoothing = 0.1 } }), "LabelSmoothing", "0.1", "focal loss 2"),
        Case("focal loss and confidence penalty", () => Trainer(Quick with { Loss = LossFunction.Focal(), Recipe = RegularizationRecipe.None with { ConfidencePenalty = 0.1 } }), "ConfidencePenalty", "0.1", "focal loss 2"),
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void An_error_names_what_is_wrong(string name, Action action, string[] fragments) => Check(name, action, fragments);
}
