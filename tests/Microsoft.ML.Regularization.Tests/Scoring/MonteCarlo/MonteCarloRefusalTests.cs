using static Microsoft.ML.Regularization.Tests.Refusal;
using static Microsoft.ML.Regularization.Tests.RefusedTraining;

namespace Microsoft.ML.Regularization.Tests.Scoring.MonteCarlo;

/// <summary>Misuse of Monte Carlo prediction.</summary>
[TestClass]
public sealed class MonteCarloRefusalTests
{
    private static IEnumerable<object[]> Cases =>
    [
        Case("Passes", () => MonteCarlo(new() { Passes = 1 }), "Passes", "from 2 to 10000", "1"),
        Case("Passes beyond memory", () => MonteCarlo(new() { Passes = 10001 }), "Passes", "from 2 to 10000", "10001"),
        Case("FeatureColumnName of Monte-Carlo prediction", () => MonteCarlo(new() { FeatureColumnName = "" }), "FeatureColumnName", "blank"),
        Case("MeanColumnName", () => MonteCarlo(new() { MeanColumnName = null! }), "MeanColumnName", "null"),
        Case("DeviationColumnName", () => MonteCarlo(new() { DeviationColumnName = " " }), "DeviationColumnName", "blank"),
        Case("mean and deviation in one column", () => MonteCarlo(new() { MeanColumnName = "A", DeviationColumnName = "A" }), "MeanColumnName", "DeviationColumnName", "'A'"),
        Case("options of Monte-Carlo prediction", () => MonteCarlo(null!), "options"),
        Case("Monte-Carlo prediction of no network", () => Ml.Transforms.MonteCarlo((TrainedNetwork)null!), "network"),
        Case("Monte-Carlo prediction without noise", () => MonteCarlo(new(), RegularizationRecipe.None with { WeightDecay = 0.1 }), "without any", "'weight decay 0.1'", "RegularizationRecipe.Dropout", "StochasticDepth"),
        Case("Monte-Carlo prediction of dropout 0", () => MonteCarlo(new(), RegularizationRecipe.None with { Dropout = new StandardDropout(0) }), "without any", "RegularizationRecipe.Dropout"),
        Case("Monte-Carlo prediction without hidden layers", () => Ml.Transforms.MonteCarlo(Fit(Quick with { Architecture = NetworkArchitecture.Mlp(), Recipe = RegularizationRecipe.None with { Dropout = 0.5 } }).GetNeuralNetwork()), "without any", "Mlp()", "at least one hidden layer"),
        Case("Monte-Carlo prediction of certain blocks", () => Ml.Transforms.MonteCarlo(Fit(Quick with { Architecture = NetworkArchitecture.ResidualMlp(4), Recipe = RegularizationRecipe.None with { StochasticDepth = new() { SurvivalProbability = 1 } } }).GetNeuralNetwork()), "without any", "StochasticDepth"),
        Case("fewer passes than networks", () => Ml.Transforms.MonteCarlo(Fit(Quick with { Members = 3, Recipe = RegularizationRecipe.None with { Dropout = 0.5 } }).GetNeuralNetwork(), new MonteCarloOptions { Passes = 2 }), "Passes is 2", "the mean of 3", "3 or more"),
        Case("Monte-Carlo prediction of a bag of one network without noise", () => Ml.Transforms.MonteCarlo(OfOne(Fit(Quick).GetNeuralNetwork())), "without any"),
        Case("Monte-Carlo prediction of rows that are not scored", () => Ml.Transforms.MonteCarlo().Fit(View(Example.Clusters(3))), "no neural network that scored these rows", "behind a neural network trainer", "GetNeuralNetwork"),
        Case("Monte-Carlo prediction behind no scores", () => Ml.Transforms.MonteCarlo().GetOutputSchema(SchemaShapes.Of(View(Example.Clusters(3)).Schema)), "score column 'Score'"),
        Case("Monte-Carlo prediction of a model without a network", () => Ml.Transforms.CopyColumns("Copy", "Name").Fit(View(Example.Clusters(3))).Append(Ml.Transforms.MonteCarlo()), "no neural network in the model"),
        Case("Monte-Carlo prediction behind a trainer without noise", () => Trainer(Quick).Append(Ml.Transforms.MonteCarlo()).Fit(View(Example.Clusters(30))), "without any", "RegularizationRecipe.Dropout"),
        Case("Monte-Carlo prediction without features", () => MonteCarlo(new() { FeatureColumnName = "Pixels" }).Fit(View(Example.Clusters(3))).Transform(View(Example.Clusters(3))), "feature column 'Pixels'"),
        Case("Monte-Carlo prediction of text", () => MonteCarlo(new() { FeatureColumnName = "Name" }).Fit(View(Example.Clusters(3))).Transform(View(Example.Clusters(3))), "'Name'", "Vector<Single, 4>", "String"),
        Case("Monte-Carlo prediction of rows of another length", () => MonteCarlo(new()).Fit(OtherLength()).Transform(OtherLength()), "'Features'", "Vector<Single, 4>", "Vector<Single, 2>"),
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void An_error_names_what_is_wrong(string name, Action action, string[] fragments) => Check(name, action, fragments);

    private static MonteCarloEstimator MonteCarlo(MonteCarloOptions options, RegularizationRecipe? recipe = null) => Ml.Transforms.MonteCarlo(
        Fit(Quick with { Recipe = recipe ?? RegularizationRecipe.None with { Dropout = 0.5 } }).GetNeuralNetwork(), options);

    private static TrainedNetwork OfOne(TrainedNetwork network) => new([network], network.History);
}
