namespace Microsoft.ML.Regularization.Tests.Groups;

[TestClass]
public sealed class FitEachRefusalTests
{
    private static readonly MLContext Ml = new(seed: 1);
    private static readonly IDataView Rows = Ml.Data.LoadFromEnumerable(Shop.Rows(3, 20));
    private static readonly IEstimator<ITransformer> Network = Ml.Regression.Trainers.NeuralNetwork(Shop.Options with { LabelColumnName = "Target", MaxEpochs = 1 });
    private static readonly IEstimator<ITransformer> Without = Ml.Regression.Trainers.Sdca("Target");

    private static readonly GroupOptions Quick = new() { Pulls = [1], ComparedGroups = 0 };

    private static IEnumerable<object[]> Cases =>
    [
        Refusal.Case("no such column", () => Fit(Network, "Town"), "group", "Town"),
        Refusal.Case("a vector", () => Fit(Network, "Features"), "Features", "a text, a key, a number or a flag", "Vector"),
        Refusal.Case("no network", () => Fit(Without, "Name"), "pipeline", "no neural network"),
        Refusal.Case("no groups", () => Fit(Network, "Name", rows: Nameless()), "Name", "no value in any of 60 rows"),
        Refusal.Case("the column is dropped", () => Fit(Ml.Transforms.DropColumns("Name").Append(Network), "Name"), "group", "Name"),
        Refusal.Case("the column is changed", () => Fit(Ml.Transforms.CopyColumns("Name", "Flag").Append(Network), "Name"), "pipeline", "Name", "do so before it"),
        Refusal.Case("no pulls", () => Fit(Network, "Name", Quick with { Pulls = [] }), "Pulls is empty"),
        Refusal.Case("a negative pull", () => Fit(Network, "Name", Quick with { Pulls = [-1] }), "Pulls", "-1", "at least 0"),
        Refusal.Case("no number", () => Fit(Network, "Name", Quick with { Pulls = [double.NaN] }), "Pulls", "NaN"),
        Refusal.Case("pulls that nothing compares", () => Fit(Network, "Name", Quick with { Pulls = [1, 2] }), "ComparedGroups is 0", "1, 2"),
        Refusal.Case("compared groups", () => Fit(Network, "Name", Quick with { ComparedGroups = -1 }), "ComparedGroups", "-1"),
        Refusal.Case("rows", () => Fit(Network, "Name", Quick with { MinRows = 3 }), "MinRows", "3", "4"),
        Refusal.Case("epochs", () => Fit(Network, "Name", Quick with { MaxEpochs = 0 }), "MaxEpochs", "0"),
        Refusal.Case("batch", () => Fit(Network, "Name", Quick with { BatchSize = 0 }), "BatchSize", "0"),
        Refusal.Case("rate", () => Fit(Network, "Name", Quick with { LearningRate = 0 }), "LearningRate", "0"),
        Refusal.Case("a model without groups", () => Network.Fit(Rows).GetGroups(), "no groups", "FitEach"),
        Refusal.Case("rows without the column", () => Fit(Network, "Name").Transform(Ml.Transforms.DropColumns("Name").Fit(Rows).Transform(Rows)), "group", "Name"),
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void It_is_refused_by_name(string name, Action action, string[] fragments) => Refusal.Check(name, action, fragments);

    private static ITransformer Fit(IEstimator<ITransformer> pipeline, string column, GroupOptions? options = null, IDataView? rows = null) =>
        Ml.Regularization().FitEach(pipeline, rows ?? Rows, column, options ?? Quick);

    private static IDataView Nameless()
    {
        var rows = Shop.Rows(3, 20);
        rows.ForEach(row => row.Name = "");
        return Ml.Data.LoadFromEnumerable(rows);
    }
}
