using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Networks;

namespace Microsoft.ML.Regularization.Tests.Trainers;

/// <summary>Classes of which validation rows, or training rows, have none: everything trains, and a warning names them.</summary>
[TestClass]
public sealed class RareClassTests
{
    private static readonly NeuralNetworkOptions Quick = SmallNetwork.Options with { MaxEpochs = 3 };

    private readonly MLContext _ml = new(seed: 1);
    private readonly LogRecorder _log;

    public RareClassTests() => _log = new LogRecorder(_ml);

    private static IEnumerable<object[]> OfClasses =>
        ArchitectureProtocol.Quiet.Where(row => EveryTask.HasClasses(LearningTasks.Find((string)row[1])!));

    [TestMethod]
    [DynamicData(nameof(OfClasses))]
    [DoNotParallelize]
    public void Every_architecture_trains_on_a_class_of_one_row(object architecture, string taskName)
    {
        var (own, task) = ((ArchitectureCase)architecture, LearningTasks.Find(taskName)!);
        var rows = InputExample.Of(40);
        foreach (var row in rows)
            (row.Label, row.Flag) = (row == rows[5] ? 2u : row.Label % 2, row == rows[5]);
        var options = own.Options(RegularizationRecipe.None with { EarlyStopping = new() { RetrainsOnAllRows = false } }, epochs: 2);
        var model = EveryTask.Trainer(_ml, task, options).Fit(_ml.Data.LoadFromEnumerable(rows));

        var history = model.GetNeuralNetwork().History;
        Assert.HasCount(2, history.Epochs);
        Assert.IsTrue(history.Epochs.SelectMany(epoch => epoch.ValidationMetrics.Values).All(double.IsFinite));
        Assert.Contains(task == LearningTask.BinaryClassification ? "class 'True' (1 training rows)" : "class 3 (counted from 1) (1 training rows)", _log.Warnings.Single(warning => warning.Contains("validation rows is of", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void A_validation_set_may_lack_classes_which_are_named_by_their_values()
    {
        var view = Keyed(Example.Clusters(60));
        var few = Keyed(view, Example.Clusters(60).Where(row => row.Label == 1));
        var options = Quick with { LabelColumnName = "Key", ValidationSet = few, Recipe = RegularizationRecipe.SmallDataset };
        var epoch = _ml.Fit(options, view).Model.History.Epochs[^1];
        Assert.Contains("none of the 20 validation rows is of class 'class 0' (20 training rows), 'class 2' (20 training rows)", _log.Warnings.Single());

        // Of the one class that is there.
        Assert.AreEqual(epoch.ValidationAccuracy!.Value, epoch.ValidationMetrics[ValidationMetric.MacroAccuracy], 1e-12);
    }

    [TestMethod]
    public void Training_rows_may_lack_classes_that_their_key_counts()
    {
        var view = Keyed(Example.Clusters(60));
        var two = Keyed(view, Example.Clusters(60).Where(row => row.Label != 2));
        var model = _ml.MulticlassClassification.Trainers.NeuralNetwork(Quick with { LabelColumnName = "Key" }).Fit(two, view);
        Assert.Contains("no training row is of class 'class 2' (20 validation rows)", _log.Warnings.Single());
        Assert.IsTrue(model.Model.History.Epochs.All(epoch => double.IsFinite(epoch.ValidationLoss!.Value)));
        Assert.AreEqual(3, SmallNetwork.Scores(model.Transform(view))[0].Length);
    }

    [TestMethod]
    public void Folds_of_which_one_has_all_of_a_class_train()
    {
        var rows = Example.Clusters(60).Where(row => row.Label != 2 || row.Id == 5).ToList();
        var results = _ml.MulticlassClassification.CrossValidate(
            Keyed(rows), _ml.MulticlassClassification.Trainers.NeuralNetwork(Quick with { LabelColumnName = "Key", Recipe = RegularizationRecipe.SmallDataset }),
            numberOfFolds: 3, labelColumnName: "Key");
        Assert.HasCount(3, results);
        Assert.AreEqual(1, _log.Warnings.Count(warning => warning.Contains("no training row is of class 'class 2'", StringComparison.Ordinal)));
        Assert.AreEqual(2, _log.Warnings.Count(warning => warning.Contains("validation rows is of class 'class 2' (1 training rows)", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Of_many_classes_the_first_are_named()
    {
        var rows = Enumerable.Range(0, 40).Select(i => new Many { Features = [i, 1], Label = (uint)(i % 2) });
        _ml.Fit(Quick, _ml.Data.LoadFromEnumerable(rows));
        Assert.Contains("no training row is of class 3 (counted from 1), 4 (counted from 1), ", _log.Warnings.Single());
        Assert.Contains("12 (counted from 1) and 28 more.", _log.Warnings.Single());
    }

    [TestMethod]
    public void The_area_under_a_curve_that_is_not_there_is_not_measured_and_early_stopping_watches_the_loss()
    {
        var positive = _ml.Data.LoadFromEnumerable(Example.Clusters(60, seed: 2).Where(row => row.Flag));
        var recipe = RegularizationRecipe.None with { EarlyStopping = new() { Metric = ValidationMetric.AreaUnderRocCurve } };
        var options = Quick with { LabelColumnName = "Flag", Recipe = recipe };
        var history = _ml.BinaryClassification.Trainers.NeuralNetwork(options).Fit(_ml.Rows(60), positive).Model.History;
        Assert.IsFalse(history.Epochs[0].ValidationMetrics.ContainsKey(ValidationMetric.AreaUnderRocCurve));
        Assert.IsTrue(history.Epochs.All(epoch => double.IsFinite(epoch.ValidationLoss!.Value)));
        Assert.IsTrue(_log.Warnings.Any(warning => warning.Contains("EarlyStopping.Metric is AreaUnderRocCurve, which is not defined here", StringComparison.Ordinal)));

        var loss = recipe with { EarlyStopping = new() };
        var watched = _ml.BinaryClassification.Trainers.NeuralNetwork(options with { Recipe = loss }).Fit(_ml.Rows(60), positive).Model.History;
        Assert.AreEqual(watched.ModelEpoch, history.ModelEpoch);
    }

    [TestMethod]
    public void No_variance_is_explained_where_there_is_none()
    {
        var rows = Example.Clusters(30, seed: 2);
        rows.ForEach(row => row.Target = 0.1f);
        var recipe = RegularizationRecipe.None with { EarlyStopping = new() { Metric = ValidationMetric.RSquared } };
        var history = _ml.Regression.Trainers.NeuralNetwork(Quick with { LabelColumnName = "Target", Recipe = recipe })
            .Fit(_ml.Rows(60), _ml.Data.LoadFromEnumerable(rows)).Model.History;
        Assert.IsFalse(history.Epochs[0].ValidationMetrics.ContainsKey(ValidationMetric.RSquared));
        Assert.IsTrue(history.Epochs[0].ValidationMetrics.ContainsKey(ValidationMetric.RootMeanSquaredError));
        Assert.Contains("EarlyStopping.Metric is RSquared", _log.Warnings.Single());
    }

    /// <summary>The pipeline of the README, whose rows are split anew with every seed.</summary>
    [TestMethod]
    public void Held_out_digits_are_of_every_class_whatever_the_seed()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var ml = new MLContext(seed);
            var digits = ml.Data.LoadFromTextFile(
                "digits.csv", [new("Label", DataKind.Single, 0), new("Features", DataKind.Single, 1, 64)], separatorChar: ',', hasHeader: true);
            var train = ml.Data.TrainTestSplit(digits, testFraction: 0.5, seed: seed).TrainSet;
            var keyed = ml.Transforms.Conversion.MapValueToKey("Label").Fit(train).Transform(train);
            var marked = ml.Data.Augment(keyed, new HoldOutOptions { Fraction = 0.15, Seed = seed });
            var heldOut = marked.GetColumn<uint>("Label").Zip(marked.GetColumn<bool>(HeldOutMark.ColumnName)).Where(row => row.Second).ToList();
            Assert.HasCount(10, heldOut.DistinctBy(row => row.First).ToList(), $"seed {seed.ToString(CultureInfo.InvariantCulture)}");
        }
    }

    private IDataView Keyed(IEnumerable<Example> rows)
    {
        var view = _ml.Data.LoadFromEnumerable(rows);
        return _ml.Transforms.Conversion.MapValueToKey("Key", "Name").Fit(view).Transform(view);
    }

    // By the keys of other rows.
    private IDataView Keyed(IDataView like, IEnumerable<Example> rows) =>
        _ml.Transforms.Conversion.MapValueToKey("Key", "Name").Fit(like).Transform(_ml.Data.LoadFromEnumerable(rows));

    private sealed class Many
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        [KeyType(40)]
        public uint Label { get; set; }
    }
}
