using static Microsoft.ML.Regularization.Tests.Refusal;
using static Microsoft.ML.Regularization.Tests.RefusedTraining;

namespace Microsoft.ML.Regularization.Tests.Ensembles.Pruning;

/// <summary>Misuse of <see cref="TabMArchitecture.KeptMembers"/>.</summary>
[TestClass]
public sealed class MemberPruningRefusalTests
{
    private static readonly NeuralNetworkOptions Pruned = Quick with { Architecture = NetworkArchitecture.TabM(4, 4) with { KeptMembers = 2 }, ValidationFraction = 0.3 };

    private static IEnumerable<object[]> Cases =>
    [
        Case("KeptMembers of 0", () => Trainer(Quick with { Architecture = NetworkArchitecture.TabM(4, 4) with { KeptMembers = 0 } }), "KeptMembers", "from 1 to 4", "0"),
        Case("KeptMembers above Members", () => Trainer(Quick with { Architecture = NetworkArchitecture.TabM(4, 4) with { KeptMembers = 5 } }), "KeptMembers", "from 1 to 4", "5"),
        Case("KeptMembers of several networks", () => Trainer(Pruned with { Members = 3 }), "KeptMembers is 2", "Members is 3"),
        Case("KeptMembers with folds", () => Trainer(Pruned with { Folds = 3, ValidationFraction = null }), "KeptMembers is 2", "Folds is 3"),
        Case("KeptMembers with retraining", () => Trainer(Pruned with { Recipe = RegularizationRecipe.None with { EarlyStopping = new EarlyStopping { RetrainsOnAllRows = true } } }), "KeptMembers is 2", "RetrainsOnAllRows is true"),
        Case("KeptMembers by values of classes", () => Trainer(Pruned with { Architecture = NetworkArchitecture.TabM(4, 4) with { KeptMembers = 2, AveragesProbabilities = false } }), "KeptMembers is 2", "AveragesProbabilities is False", "mean probabilities"),
        Case("KeptMembers without validation rows", () => Fit(Pruned with { ValidationFraction = 0 }), "KeptMembers is 2", "no validation rows", "HoldOut", "ValidationFraction"),
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void An_error_names_what_is_wrong(string name, Action action, string[] fragments) => Check(name, action, fragments);
}
