using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Ensembles.Bagging;

/// <summary>
/// Labels are drawn at random, so that nothing can be learned but the rows themselves: who has seen a row knows its label, and who has not is right half of the time.
/// </summary>
[TestClass]
public sealed class OutOfFoldTests
{
    private const int Rows = 200;

    // Four standard deviations of the share of heads in 200 throws.
    private const double Chance = 0.64;

    private static readonly NeuralNetworkOptions Options = new()
    {
        LabelColumnName = nameof(Row.Label),
        Architecture = NetworkArchitecture.Mlp(64, 64),
        Recipe = RegularizationRecipe.None,
        MaxEpochs = 60,
        LearningRate = 0.01,
        Folds = 5,
        Seed = 2,
    };

    private readonly MLContext _ml = new(seed: 1);

    private static IEnumerable<object[]> Recipes =>
        from recipe in new[]
        {
            RegularizationRecipe.None,
            RegularizationRecipe.None with { EarlyStopping = new EarlyStopping { Patience = 100, Metric = ValidationMetric.Accuracy } },

            // Partners are drawn from all rows of the training folds, and would bring the label of a row that is held out.
            RegularizationRecipe.None with { Augmentations = [new MixupOptions { Alpha = 0.2 }] },
        }
        select new object[] { recipe };

    [TestMethod]
    [DynamicData(nameof(Recipes))]
    public void Predictions_are_by_networks_that_have_not_seen_the_row(RegularizationRecipe recipe)
    {
        var rows = _ml.Data.LoadFromEnumerable(Draw(copies: 1));
        var model = _ml.BinaryClassification.Trainers.NeuralNetwork(Options with { Recipe = recipe, Members = 2 }).Fit(rows);
        var network = model.GetNeuralNetwork();
        Assert.HasCount(10, network.Members);
        if (recipe.EarlyStopping is null)
            Assert.IsGreaterThan(0.9, _ml.BinaryClassification.EvaluateNonCalibrated(model.Transform(rows)).Accuracy, "the rows are not learned by heart");
        Assert.IsLessThan(Chance, network.History.OutOfFoldMetrics![ValidationMetric.Accuracy]);
        Assert.IsGreaterThan(1 - Chance, network.History.OutOfFoldMetrics![ValidationMetric.Accuracy]);
    }

    /// <summary>Each row comes four times: without groups nearly every copy has another one in the training folds.</summary>
    [TestMethod]
    public void Rows_of_a_group_do_not_tell_of_each_other()
    {
        var rows = _ml.Data.LoadFromEnumerable(Draw(copies: 4));
        Assert.IsGreaterThan(0.85, Accuracy(Options));
        Assert.IsLessThan(Chance, Accuracy(Options with { SamplingKeyColumnName = nameof(Row.Group) }));
        Assert.IsLessThan(Chance, Accuracy(Options with { SamplingKeyColumnName = nameof(Row.GroupName) }));

        double Accuracy(NeuralNetworkOptions options) =>
            _ml.BinaryClassification.Trainers.NeuralNetwork(options).Fit(rows).GetNeuralNetwork().History.OutOfFoldMetrics![ValidationMetric.Accuracy];
    }

    private static List<Row> Draw(int copies)
    {
        var random = new Random(5);
        var rows = Enumerable.Range(0, Rows / copies).Select(group => new Row
        {
            Features = [.. Enumerable.Range(0, Row.Count).Select(_ => (float)(2 * random.NextDouble() - 1))],
            Label = random.Next(2) == 0,
            Group = group,
            GroupName = "group " + group,
        });
        return [.. rows.SelectMany(row => Enumerable.Repeat(row, copies))];
    }

    private sealed class Row
    {
        public const int Count = 12;

        [VectorType(Count)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }

        public int Group { get; set; }

        public string GroupName { get; set; } = "";
    }
}
