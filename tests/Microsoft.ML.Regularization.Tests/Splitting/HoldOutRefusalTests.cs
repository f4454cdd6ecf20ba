using static Microsoft.ML.Regularization.Tests.Refusal;
using static Microsoft.ML.Regularization.Tests.RefusedTraining;

namespace Microsoft.ML.Regularization.Tests.Splitting;

/// <summary>Misuse of HoldOut.</summary>
[TestClass]
public sealed class HoldOutRefusalTests
{
    private static IEnumerable<object[]> Cases =>
    [
        Case("hold out by classes that are not there", () => Ml.Transforms.HoldOut(stratificationColumnName: "Class").Fit(View(Example.Clusters(30))), "stratification column 'Class'"),
        Case("hold out by groups that are not there", () => Ml.Transforms.HoldOut(samplingKeyColumnName: "Patient").Fit(View(Example.Clusters(30))), "group column 'Patient'"),
        Case("hold out by classes that are numbers", () => Ml.Transforms.HoldOut(stratificationColumnName: "Target").Fit(View(Example.Clusters(30))), "stratification", "'Target'", "a key, Boolean or String", "Single"),
        Case("hold out by soft classes", () => Ml.Transforms.HoldOut(stratificationColumnName: "Soft").Fit(View(Example.Clusters(30))), "stratification", "'Soft'", "Vector<Single"),
        Case("hold out by groups that are booleans", () => Ml.Transforms.HoldOut(samplingKeyColumnName: "Flag").Fit(View(Example.Clusters(30))), "group", "'Flag'", "an integer", "Boolean"),
        Case("hold out by groups that are vectors", () => Ml.Transforms.HoldOut(samplingKeyColumnName: "Features").Fit(View(Example.Clusters(30))), "group", "'Features'", "Vector<Single"),
        Case("Fraction 0", () => Ml.Transforms.HoldOut(0), "Fraction", "above 0 and below 1", "0"),
        Case("hold out by one column twice", () => Ml.Transforms.HoldOut(stratificationColumnName: "Name", samplingKeyColumnName: "Name"), "SamplingKeyColumnName", "StratificationColumnName", "'Name'"),
        Case("a stratification of no name", () => Ml.Transforms.HoldOut(stratificationColumnName: ""), "StratificationColumnName", "blank"),
        Case("a stratification that is not wanted", () => Ml.Transforms.HoldOut(new HoldOutOptions { StratificationColumnName = "Name", Stratifies = false }), "Stratifies", "StratificationColumnName", "'Name'"),
        Case("a group of no name", () => Ml.Transforms.HoldOut(samplingKeyColumnName: " "), "SamplingKeyColumnName", "blank"),
        Case("Fraction 1", () => Ml.Transforms.HoldOut(1), "Fraction", "above 0 and below 1", "1"),
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void An_error_names_what_is_wrong(string name, Action action, string[] fragments) => Check(name, action, fragments);
}
