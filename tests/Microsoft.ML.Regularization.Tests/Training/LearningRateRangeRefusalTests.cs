using static Microsoft.ML.Regularization.Tests.Refusal;
using static Microsoft.ML.Regularization.Tests.RefusedTraining;

namespace Microsoft.ML.Regularization.Tests.Training;

/// <summary>Misuse of the learning rate test.</summary>
[TestClass]
public sealed class LearningRateRangeRefusalTests
{
    private static IEnumerable<object[]> Cases =>
    [
        Case("Min", () => FindRate(new() { Min = 0 }), "LearningRateRange.Min", "above 0", "0"),
        Case("Max", () => FindRate(new() { Min = 0.1, Max = 0.1 }), "LearningRateRange.Max", "above 0.1", "0.1"),
        Case("Steps", () => FindRate(new() { Steps = 1 }), "LearningRateRange.Steps", "at least 2", "1"),
        Case("Smoothing", () => FindRate(new() { Smoothing = 1 }), "LearningRateRange.Smoothing", "below 1", "1"),
        Case("a range whose decay flips the weights", () => FindRate(new() { Max = 20 }, RegularizationRecipe.SmallDataset), "LearningRateRange.Max * WeightDecay", "Max is 20", "WeightDecay 0.05"),
        Case("no rows to find a rate on", () => Trainer(Quick).FindLearningRate(null!), "data"),
        Case("text labels to find a rate on", () => Trainer(Quick with { LabelColumnName = "Name" }).FindLearningRate(View(Example.Clusters(9))), "'Name'", "Key<UInt32>"),
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void An_error_names_what_is_wrong(string name, Action action, string[] fragments) => Check(name, action, fragments);

    private static LearningRateCurve FindRate(LearningRateRange range, RegularizationRecipe? recipe = null) =>
        Trainer(Quick with { Recipe = recipe ?? RegularizationRecipe.None }).FindLearningRate(View(Example.Clusters(30)), range);
}
