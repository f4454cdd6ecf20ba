using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Ensembles.Bagging;

[TestClass]
public sealed class FoldsRefusalTests
{
    private static readonly NeuralNetworkOptions Options = SmallNetwork.Options with { Folds = 3, MaxEpochs = 2, Seed = 5 };

    private readonly MLContext _ml = new(seed: 1);

    private static IEnumerable<object[]> Contradictions =>
    [
        [Options with { Folds = 1 }, "Folds", "2 to 1024"],
        [Options with { Folds = 100, Members = 100 }, "Members", "10000"],
        [Options with { Folds = null, SamplingKeyColumnName = "Id" }, "SamplingKeyColumnName", "Folds"],
        [Options with { ValidationFraction = 0.2 }, "Folds", "ValidationFraction"],
        [Options with { ValidationSet = new MLContext().Data.LoadFromEnumerable(Example.Clusters(10)) }, "Folds", "ValidationSet"],
        [Options with { DataCaching = DataCaching.None }, "Folds", "DataCaching"],
        [Options with { Recipe = RegularizationRecipe.None with { EarlyStopping = new EarlyStopping { RetrainsOnAllRows = true } } }, "Folds", "RetrainsOnAllRows"],
    ];

    [TestMethod]
    [DynamicData(nameof(Contradictions))]
    public void Options_that_contradict_are_refused_before_there_are_rows(NeuralNetworkOptions options, string first, string second)
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.Trainers.NeuralNetwork(options));
        Assert.Contains(first, error.Message);
        Assert.Contains(second, error.Message);
    }

    [TestMethod]
    public void Fewer_rows_than_folds_are_refused() =>
        AssertRefused("Folds is 30, but there are 20 training rows", () => _ml.Fit(Options with { Folds = 30 }, _ml.Rows(20)));

    [TestMethod]
    public void Fewer_groups_than_folds_are_refused() =>
        AssertRefused("Folds is 4, but there are 3 groups", () => _ml.Fit(Options with { Folds = 4, SamplingKeyColumnName = nameof(Example.Name) }, _ml.Rows(60)));

    /// <summary>One row of a class, and nothing but the other class in the rows that the fold without it trains on.</summary>
    [TestMethod]
    public void A_class_of_a_single_row_beside_one_other_is_refused()
    {
        var rows = Example.Clusters(20);
        rows.ForEach(row => row.Flag = row.Id == 7);
        var trainer = _ml.BinaryClassification.Trainers.NeuralNetwork(Options with { LabelColumnName = nameof(Example.Flag) });
        AssertRefused("column 'Flag' has a single class", () => trainer.Fit(_ml.Data.LoadFromEnumerable(rows)));
    }

    /// <summary>Among several classes one with fewer rows than folds is spread as far as it goes, and one with a single row is warned of.</summary>
    [TestMethod]
    public void Rare_classes_among_others_are_trained_on()
    {
        var rows = Example.Clusters(60);
        rows.ForEach(row => row.Label = row.Id == 7 ? 2u : (uint)(row.Id % 2));
        var log = new LogRecorder(_ml);
        var network = _ml.Fit(Options, _ml.Data.LoadFromEnumerable(rows)).Model.Network;
        Assert.HasCount(3, network.Members);
        Assert.Contains("no training row is of class", string.Join("\n", log.Warnings));
    }

    [TestMethod]
    public void Rows_that_the_pipeline_holds_out_are_refused()
    {
        var pipeline = _ml.Transforms.HoldOut(fraction: 0.2).Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(Options));
        AssertRefused("HoldOut", () => pipeline.Fit(_ml.Rows(60)));
    }

    [TestMethod]
    public void Rows_that_the_pipeline_augments_are_refused()
    {
        var pipeline = _ml.Transforms.GaussianNoise(scale: 0.1).Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(Options));
        AssertRefused("Augmentations", () => pipeline.Fit(_ml.Rows(60)));
    }

    [TestMethod]
    public void A_validation_set_of_the_fit_is_refused() =>
        AssertRefused("validation", () => _ml.MulticlassClassification.Trainers.NeuralNetwork(Options).Fit(_ml.Rows(60), _ml.Rows(20)));

    [TestMethod]
    public void Rows_that_do_not_fit_into_memory_are_refused() => AssertRefused(
        "DataCaching", () => _ml.Fit(Options with { RowCaching = new RowCaching { Budget = 100 } }, _ml.Rows(60)));

    [TestMethod]
    public void A_previous_model_is_refused()
    {
        var model = _ml.Fit(Options, _ml.Rows(60)).Model;
        AssertRefused("Folds", () => _ml.MulticlassClassification.Trainers.NeuralNetwork(Options).Fit(_ml.Rows(60), model));
    }

    [TestMethod]
    public void A_group_column_must_be_there_and_of_groups()
    {
        AssertNamed("Nowhere", () => _ml.Fit(Options with { SamplingKeyColumnName = "Nowhere" }, _ml.Rows(60)));
        AssertNamed("Features", () => _ml.Fit(Options with { SamplingKeyColumnName = "Features" }, _ml.Rows(60)));
    }

    private static void AssertRefused(string part, Action fit) =>
        Assert.Contains("fold", AssertNamed(part, fit), StringComparison.OrdinalIgnoreCase);

    private static string AssertNamed(string part, Action fit)
    {
        var message = Assert.ThrowsExactly<ArgumentOutOfRangeException>(fit).Message;
        Assert.Contains(part, message);
        return message;
    }
}
