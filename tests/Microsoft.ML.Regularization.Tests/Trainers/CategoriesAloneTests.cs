using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Trainers;

/// <summary>Tables without a number, whose pipelines need none: see also <see cref="Networks.ArchitectureProtocol"/>.</summary>
[TestClass]
public sealed class CategoriesAloneTests
{
    private static readonly List<Order> Orders = [.. Enumerable.Range(0, 200).Select(Order.At)];

    private readonly MLContext _ml = new(seed: 1);

    private static IEnumerable<object[]> Architectures { get; } =
    [
        [NetworkArchitecture.Mlp(16)], [NetworkArchitecture.ResidualMlp(16, 2)], [new RealMlpArchitecture { HiddenSizes = [16, 16] }],
    ];

    [TestMethod]
    [DynamicData(nameof(Architectures))]
    public void Strings_go_in_and_answers_come_out_after_a_file_and_in_an_engine(NetworkArchitecture architecture)
    {
        var rows = _ml.Data.LoadFromEnumerable(Orders);
        var pipeline = Keys().Append(_ml.BinaryClassification.Trainers.NeuralNetwork(Options(architecture)));
        Assert.IsNotNull(pipeline.GetOutputSchema(SchemaShapes.Of(rows.Schema)));
        var model = pipeline.Fit(rows);
        Assert.AreEqual(1, _ml.BinaryClassification.EvaluateNonCalibrated(model.Transform(rows)).Accuracy);
        Assert.IsNull(model.LastTransformer.FeatureColumnName);
        Assert.IsNotNull(model.GetOutputSchema(rows.Schema)["Score"].Type);

        using var file = new MemoryStream();
        _ml.Model.Save(model, rows.Schema, file);
        file.Position = 0;
        var fresh = new MLContext();
        var loaded = fresh.Model.Load(file, out _);
        CollectionAssert.AreEqual(model.Transform(rows).GetColumn<float>("Score").ToList(), loaded.Transform(rows).GetColumn<float>("Score").ToList());
        using var engine = fresh.Model.CreatePredictionEngine<Order, Prediction>(loaded);
        foreach (var order in Orders.Take(20))
            Assert.AreEqual(order.Label, engine.Predict(order).PredictedLabel);
    }

    [TestMethod]
    public void Training_on_validation_and_doubt_need_no_numbers_either()
    {
        var rows = _ml.Data.LoadFromEnumerable(Orders);
        var keyed = Keys().Fit(rows).Transform(rows);
        var options = Options(NetworkArchitecture.Mlp(16)) with { Recipe = RegularizationRecipe.SmallDataset };
        var first = _ml.BinaryClassification.Trainers.NeuralNetwork(options).Fit(keyed, keyed);
        var second = _ml.BinaryClassification.Trainers.NeuralNetwork(options with { LearningRate = 1e-20, MaxEpochs = 1 }).Fit(keyed, first.Model);
        Assert.AreEqual(1, first.Model.History.Epochs[^1].Metric(ValidationMetric.Accuracy)!.Value, 0.02);
        SmallNetwork.AssertEqual(EveryTask.Weights(first), EveryTask.Weights(second));

        var doubt = _ml.Transforms.MonteCarlo(first.Model.Network, featureColumnName: null, passes: 10, seed: 1).Fit(keyed).Transform(keyed);
        Assert.IsGreaterThan(0, doubt.GetColumn<float>("ScoreDeviation").Max());
    }

    private static IEnumerable<object[]> Mixings { get; } =
    [
        [new MixupOptions { Alpha = 0.2 }], [new FeatureSwapOptions { Rate = 0.2, MixLabels = true }], [new LabelSmoothingOptions { Smoothing = 0.05 }],
    ];

    [TestMethod]
    [DynamicData(nameof(Mixings))]
    public void A_recipe_mixes_them_with_their_labels(AugmentationOptions augmentation)
    {
        var rows = _ml.Data.LoadFromEnumerable(Orders);
        var keyed = Keys().Fit(rows).Transform(rows);
        var options = Options(NetworkArchitecture.Mlp(16));
        var plain = _ml.BinaryClassification.Trainers.NeuralNetwork(options).Fit(keyed);

        var mixed = _ml.BinaryClassification.Trainers
            .NeuralNetwork(options with { Recipe = RegularizationRecipe.None with { Augmentations = [augmentation] } }).Fit(keyed);

        // What is mixed well is learned as well, and less surely.
        Assert.AreEqual(1, _ml.BinaryClassification.EvaluateNonCalibrated(mixed.Transform(keyed)).Accuracy);
        Assert.IsLessThan(LeastSure(plain), LeastSure(mixed));

        float LeastSure(ITransformer model) => model.Transform(keyed).GetColumn<float>("Score").Min(Math.Abs);
    }

    [TestMethod]
    public void A_column_of_another_name_is_still_an_error_when_rows_are_scored()
    {
        var rows = _ml.Data.LoadFromEnumerable(Orders);
        var keyed = Keys().Fit(rows).Transform(rows);
        var model = _ml.BinaryClassification.Trainers.NeuralNetwork(Options(NetworkArchitecture.Mlp(4)) with { MaxEpochs = 1 }).Fit(keyed);
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => model.Transform(_ml.Transforms.DropColumns("SizeKey").Fit(keyed).Transform(keyed)));
        Assert.Contains("'SizeKey'", error.Message);
    }

    private static NeuralNetworkOptions Options(NetworkArchitecture architecture) => new()
    {
        Architecture = architecture,
        FeatureColumnName = null,
        CategoricalColumnNames = ["ColorKey", "SizeKey"],
        Recipe = RegularizationRecipe.None,
        MaxEpochs = 40,
        BatchSize = 32,
        LearningRate = 0.03,
    };

    private IEstimator<ITransformer> Keys() =>
        _ml.Transforms.Conversion.MapValueToKey([new InputOutputColumnPair("ColorKey", "Color"), new InputOutputColumnPair("SizeKey", "Size")]);

    private sealed class Order
    {
        public string Color { get; set; } = "";

        public string Size { get; set; } = "";

        public bool Label { get; set; }

        // What neither column tells alone.
        public static Order At(int id) => new()
        {
            Color = "color " + id % 5, Size = "size " + id / 5 % 4, Label = (id % 5 % 2 == 0) != (id / 5 % 4 < 2),
        };
    }

    private sealed class Prediction
    {
        public bool PredictedLabel { get; set; }
    }
}
