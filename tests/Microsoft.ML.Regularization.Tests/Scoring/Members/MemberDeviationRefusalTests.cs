using static Microsoft.ML.Regularization.Tests.Refusal;
using static Microsoft.ML.Regularization.Tests.RefusedTraining;

namespace Microsoft.ML.Regularization.Tests.Scoring.Members;

/// <summary>Misuse of the members' deviation.</summary>
[TestClass]
public sealed class MemberDeviationRefusalTests
{
    private static IEnumerable<object[]> Cases =>
    [
        Case("deviation of one network", () => Ml.Transforms.MemberDeviation(Fit(Quick).GetNeuralNetwork()), "Mlp(4)", "predicts by itself", "Members", "Folds", "Pack", "TabM"),
        Case("deviation of a TabM of one member", () => Ml.Transforms.MemberDeviation(Fit(Quick with { Architecture = NetworkArchitecture.TabM(1, 4) }).GetNeuralNetwork()), "TabM(1 members", "Members above 1"),
        Case("deviation behind a trainer of one network", () => Trainer(Quick).Append(Ml.Transforms.MemberDeviation()).Fit(View(Example.Clusters(30))), "predicts by itself"),
        Case("deviation appended to a model of one network", () => Fit(Quick).Append(Ml.Transforms.MemberDeviation()), "predicts by itself"),
        Case("deviation of no network", () => Ml.Transforms.MemberDeviation((TrainedNetwork)null!), "network"),
        Case("options of the deviation", () => Ml.Transforms.MemberDeviation((MemberDeviationOptions)null!), "options"),
        Case("DeviationColumnName", () => Ml.Transforms.MemberDeviation(" "), "DeviationColumnName", "blank"),
        Case("FeatureColumnName of the deviation", () => Ml.Transforms.MemberDeviation(new MemberDeviationOptions { FeatureColumnName = "" }), "FeatureColumnName", "blank"),
        Case("deviation of rows that are not scored", () => Ml.Transforms.MemberDeviation().Fit(View(Example.Clusters(3))), "The members' deviation found no neural network that scored these rows", "ml.Transforms.MemberDeviation(model.GetNeuralNetwork())"),
        Case("deviation behind no scores", () => Ml.Transforms.MemberDeviation().GetOutputSchema(SchemaShapes.Of(View(Example.Clusters(3)).Schema)), "score column 'Score'"),
        Case("deviation without features", () => Deviation("Pixels").Fit(View(Example.Clusters(3))), "feature column 'Pixels'"),
        Case("deviation of rows of another length", () => Deviation("Features").Fit(OtherLength()).Transform(OtherLength()), "'Features'", "Vector<Single, 4>", "Vector<Single, 2>"),
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void An_error_names_what_is_wrong(string name, Action action, string[] fragments) => Check(name, action, fragments);

    private static MemberDeviationEstimator Deviation(string features) => Ml.Transforms.MemberDeviation(Fit(Quick with { Members = 2 }).GetNeuralNetwork(), features);
}
