using static Microsoft.ML.Regularization.Tests.Refusal;
using static Microsoft.ML.Regularization.Tests.RefusedTraining;

namespace Microsoft.ML.Regularization.Tests.Explanations;

/// <summary>Misuse of explanations.</summary>
[TestClass]
public sealed class ExplanationRefusalTests
{
    private static IEnumerable<object[]> Cases =>
    [
        Case("options of explanations", () => Ml.Transforms.Explain((ExplanationOptions)null!), "options"),
        Case("ContributionsColumnName", () => Ml.Transforms.Explain(" "), "ContributionsColumnName", "blank"),
        Case("BaseColumnName", () => Ml.Transforms.Explain(baseColumnName: ""), "BaseColumnName", "blank"),
        Case("one name for two columns", () => Ml.Transforms.Explain("Why", "Why"), "must be different columns", "'Why'"),
        Case("explanation of rows that are not scored", () => Ml.Transforms.Explain().Fit(View(Example.Clusters(3))), "found no neural network that scored these rows", "Fit(model.Transform(rows))"),
        Case("explanation behind no scores", () => Ml.Transforms.Explain().GetOutputSchema(SchemaShapes.Of(View(Example.Clusters(3)).Schema)), "score column 'Score'"),
        Case("explanation of no rows", () => Ml.Transforms.Explain().Fit(Fit(Quick).Transform(View([]))), "no rows"),
        Case("explanation of an LSTM", () => Trainer(Quick with { Architecture = NetworkArchitecture.Lstm(4) }).Append(Ml.Transforms.Explain()).Fit(View(Example.Clusters(30))), "Mlp, ResidualMlp, RealMlp or TabM", "Lstm(4)"),
        Case(
            "explanation of matched moments",
            () => Trainer(Quick with { Recipe = RegularizationRecipe.None with { Dropout = new DropConnect(0.2) { Inference = DropConnectInference.MomentMatched } } })
                .Append(Ml.Transforms.Explain()).Fit(View(Example.Clusters(30))),
            "matched moments"),
        Case("explanation of rows of another pipeline", () => Trainer(Quick).Append(Ml.Transforms.Explain()).Fit(View(Example.Clusters(30))).LastTransformer.Transform(Renamed()), "feature column 'Features'"),
        Case("explanation of rows of another length", () => Trainer(Quick).Append(Ml.Transforms.Explain()).Fit(View(Example.Clusters(30))).LastTransformer.Transform(OtherLength()), "'Features'", "Vector<Single, 4>", "Vector<Single, 2>"),
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void An_error_names_what_is_wrong(string name, Action action, string[] fragments) => Check(name, action, fragments);

    private static IDataView Renamed()
    {
        var rows = View(Example.Clusters(3));
        return Ml.Transforms.CopyColumns("Numbers", "Features").Append(Ml.Transforms.DropColumns("Features")).Fit(rows).Transform(rows);
    }
}
