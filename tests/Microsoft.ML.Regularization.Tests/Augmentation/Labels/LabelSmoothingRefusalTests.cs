using static Microsoft.ML.Regularization.Tests.Refusal;
using static Microsoft.ML.Regularization.Tests.RefusedTraining;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Labels;

/// <summary>Misuse of label smoothing as a transform.</summary>
[TestClass]
public sealed class LabelSmoothingRefusalTests
{
    private static IEnumerable<object[]> Cases =>
    [
        Case("smoothing of a target", () => Ml.Transforms.LabelSmoothing("Target").Fit(View(Example.Clusters(30))), "label", "'Target'", "Key<UInt32>", "Single"),
        Case("smoothing without label", () => Ml.Transforms.LabelSmoothing("Class").Fit(View(Example.Clusters(30))), "label column 'Class'"),
        Case("Smoothing of all", () => Ml.Transforms.LabelSmoothing(smoothing: 1), "Smoothing", "at least 0 and below 1", "1"),
        Case("Smoothing below 0", () => Ml.Transforms.LabelSmoothing(smoothing: -0.1), "Smoothing", "at least 0 and below 1", "-0.1"),
        Case("smoothing of no column", () => Ml.Transforms.LabelSmoothing(""), "LabelColumnName", "blank"),
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void An_error_names_what_is_wrong(string name, Action action, string[] fragments) => Check(name, action, fragments);
}
