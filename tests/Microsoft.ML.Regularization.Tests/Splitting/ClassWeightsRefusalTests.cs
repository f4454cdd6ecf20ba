using Microsoft.ML.Data;
using static Microsoft.ML.Regularization.Tests.Refusal;
using static Microsoft.ML.Regularization.Tests.RefusedTraining;

namespace Microsoft.ML.Regularization.Tests.Splitting;

/// <summary>Misuse of class weights, as a transform and as a trainer's option.</summary>
[TestClass]
public sealed class ClassWeightsRefusalTests
{
    private static IEnumerable<object[]> Cases =>
    [
        Case("class weights of a target", () => Ml.Transforms.ClassWeights("Target").Fit(View(Example.Clusters(30))), "label", "'Target'", "Key<UInt32>", "Single"),
        Case("class weights without label", () => Ml.Transforms.ClassWeights("Class").Fit(View(Example.Clusters(30))), "label column 'Class'"),
        Case("class weights of text", () => Ml.Transforms.ClassWeights("Name").Fit(View(Example.Clusters(30))), "label", "'Name'", "Key<UInt32>", "String"),
        Case("class weights in text", () => Ml.Transforms.ClassWeights(exampleWeightColumnName: "Name").Fit(View(Example.Clusters(30))), "weight", "'Name'", "Single", "String"),
        Case("class weights of no class", () => Ml.Data.Augment(View(Changed(row => row.Label = Example.ClassCount)), new ClassWeightsOptions()).GetColumn<float>("Weight").Count(), "'Label'", "no classes to count"),
        Case("class weights of beta 1", () => Ml.Transforms.ClassWeights(beta: 1), "Beta", "at least 0 and below 1", "1"),
        Case("class weights of no balance", () => Ml.Transforms.ClassWeights(balance: (ClassBalance)7), "Balance", "EffectiveNumber", "7"),
        Case("class weights in no column", () => Ml.Transforms.ClassWeights(exampleWeightColumnName: ""), "ExampleWeightColumnName", "blank"),
        Case("class weights in the label", () => Ml.Transforms.ClassWeights("Flag", "Flag"), "ExampleWeightColumnName", "LabelColumnName", "'Flag'"),
        Case("effective numbers of beta 1", () => Trainer(Quick with { ClassWeights = ClassWeights.EffectiveNumber(1) }), "ClassWeights.Beta", "at least 0 and below 1", "1"),
        Case("class weights of another number", () => Fit(Quick with { ClassWeights = ClassWeights.Of(1, 2) }), "ClassWeights", "2 weights", "'Label'", "3 classes"),
        Case("negative class weights", () => Trainer(Quick with { ClassWeights = ClassWeights.Of(1, -2, 1) }), "ClassWeights[1]", "at least 0", "-2"),
        Case("class weights of nothing", () => Trainer(Quick with { ClassWeights = ClassWeights.Of(0, 0, 0) }), "ClassWeights", "all 0"),
        Case("class weights of the rows' classes", () => Fit(Quick with { ClassWeights = ClassWeights.Of(0, 0, 1) }, Changed(row => row.Label = (uint)(row.Id % 2))), "ClassWeights", "0 for every class", "'Label'"),
        Case("class weights of numbers", () => FitRegression(Targets with { ClassWeights = ClassWeights.Balanced }), "ClassWeights", "balanced", "regression"),
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void An_error_names_what_is_wrong(string name, Action action, string[] fragments) => Check(name, action, fragments);
}
