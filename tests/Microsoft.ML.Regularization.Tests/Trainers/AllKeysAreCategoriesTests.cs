using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Trainers;

[TestClass]
public sealed class AllKeysAreCategoriesTests
{
    private static readonly string[] Names = ["ColorKey", "ShapeKey"];

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void All_keys_but_the_label_train_the_network_that_named_columns_train(bool hasNumbers)
    {
        var rows = Rows();
        var named = SmallNetwork.Options with { FeatureColumnName = hasNumbers ? "Features" : null, CategoricalColumnNames = Names, MaxEpochs = 3 };
        var all = named with { CategoricalColumnNames = [], AllKeysAreCategories = true };
        var expected = _ml.Fit(named, rows).Model;
        var actual = _ml.Fit(all, rows);
        SmallNetwork.AssertEqual(SmallNetwork.Weights(expected), SmallNetwork.Weights(actual.Model));
        SmallNetwork.AssertEqual(SmallNetwork.Scores(_ml.Fit(named, rows).Transform(rows)), SmallNetwork.Scores(actual.Transform(rows)));
    }

    [TestMethod]
    public void The_short_overloads_name_categories()
    {
        var rows = Rows();
        var trainer = _ml.MulticlassClassification.Trainers.NeuralNetwork(maxEpochs: 1, categoricalColumnNames: Names);
        CollectionAssert.AreEqual(Names, trainer.Options.CategoricalColumnNames.ToArray());
        CollectionAssert.AreEqual(Names, _ml.BinaryClassification.Trainers.NeuralNetwork(categoricalColumnNames: Names).Options.CategoricalColumnNames.ToArray());
        CollectionAssert.AreEqual(Names, _ml.Regression.Trainers.NeuralNetwork(categoricalColumnNames: Names).Options.CategoricalColumnNames.ToArray());
        Assert.IsEmpty(_ml.Regression.Trainers.NeuralNetwork().Options.CategoricalColumnNames);
        Assert.IsNotNull(trainer.Fit(rows));
    }

    [TestMethod]
    public void What_cannot_be_is_said_by_name()
    {
        var none = _ml.Data.LoadFromEnumerable(Example.Clusters(30));
        var alone = SmallNetwork.Options with { FeatureColumnName = null, AllKeysAreCategories = true };
        Assert.Contains("no column of keys", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Fit(alone, none)).Message);
        var images = new NeuralNetworkOptions { Architecture = NetworkArchitecture.ConvNet(4), AllKeysAreCategories = true, ImageShape = new ImageShape(2, 2) };
        Assert.Contains("'ColorKey'", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Fit(images, Rows())).Message);
        var attacked = SmallNetwork.Options with { AllKeysAreCategories = true, Recipe = RegularizationRecipe.None with { AdversarialTraining = AdversarialTraining.Fgsm(0.1) } };
        Assert.Contains(
            "AllKeysAreCategories", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.Trainers.NeuralNetwork(attacked)).Message);
    }

    private IDataView Rows()
    {
        var rows = _ml.Data.LoadFromEnumerable(Example.Clusters(60).Select(row => new Thing
        {
            Features = row.Features, Label = row.Label, Color = row.Id % 4 == 0 ? "red" : "blue", Shape = row.Name,
        }));
        return _ml.Transforms.Conversion.MapValueToKey([new InputOutputColumnPair("ColorKey", "Color"), new InputOutputColumnPair("ShapeKey", "Shape")])
            .Fit(rows).Transform(rows);
    }

    private sealed class Thing
    {
        [VectorType(Example.FeatureCount)]
        public float[] Features { get; set; } = [];

        [KeyType(Example.ClassCount)]
        public uint Label { get; set; }

        public string Color { get; set; } = "";

        public string Shape { get; set; } = "";
    }
}
