namespace Microsoft.ML.Regularization.Tests.Catalogs;

[TestClass]
public sealed class NeuralNetworkCatalogTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Nothing_given_is_the_options_defaults()
    {
        var defaults = new NeuralNetworkOptions();
        Assert.AreEqual(defaults, _ml.MulticlassClassification.Trainers.NeuralNetwork().Options with { CategoricalColumnNames = defaults.CategoricalColumnNames });
        Assert.AreEqual(defaults, _ml.BinaryClassification.Trainers.NeuralNetwork().Options with { CategoricalColumnNames = defaults.CategoricalColumnNames });
        Assert.AreEqual(defaults, _ml.Regression.Trainers.NeuralNetwork().Options with { CategoricalColumnNames = defaults.CategoricalColumnNames });
    }

    [TestMethod]
    public void Each_argument_reaches_its_option()
    {
        var (architecture, recipe, rows) = (NetworkArchitecture.RealMlp(), RegularizationRecipe.None, _ml.Data.LoadFromEnumerable(Array.Empty<Row>()));

        Check(_ml.MulticlassClassification.Trainers.NeuralNetwork("a", "b", "c", architecture, recipe, 7, 0.5, 9, ["d"], rows).Options);
        Check(_ml.BinaryClassification.Trainers.NeuralNetwork("a", "b", "c", architecture, recipe, 7, 0.5, 9, ["d"], rows).Options);
        Check(_ml.Regression.Trainers.NeuralNetwork("a", "b", "c", architecture, recipe, 7, 0.5, 9, ["d"], rows).Options);

        void Check(NeuralNetworkOptions options)
        {
            Assert.AreEqual(("a", "b", "c", "d"), (options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName, options.CategoricalColumnNames.Single()));
            Assert.AreEqual((7, 0.5, 9), (options.MaxEpochs, options.LearningRate, options.BatchSize));
            Assert.AreEqual(architecture, options.Architecture);
            Assert.AreSame(recipe, options.Recipe);
            Assert.AreSame(rows, options.ValidationSet);
        }
    }

    private sealed class Row
    {
        public float Value { get; set; }
    }
}
