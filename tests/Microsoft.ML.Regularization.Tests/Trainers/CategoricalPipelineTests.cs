using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Networks;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Trainers;

/// <summary>Pipelines over rows with strings, as Model Builder makes them, whose keys go to the network.</summary>
[TestClass]
public sealed class CategoricalPipelineTests
{
    private static readonly string[] Colors = ["red", "green", "blue", "white", "black", "grey", "pink", "brown", "gold", "teal"];
    private static readonly string[] Sizes = ["S", "M", "L", "XL"];

    public static IEnumerable<object[]> Cases =>
        from architecture in new NetworkArchitecture[]
        {
            NetworkArchitecture.Mlp(16),
            NetworkArchitecture.ResidualMlp(16, 2),
            new RealMlpArchitecture { HiddenSizes = [16, 16] },
        }
        from task in LearningTasks.All
        select new object[] { architecture, task.ToString() };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    [DoNotParallelize]
    public void It_learns_an_interaction_of_keys_and_survives_a_file(NetworkArchitecture architecture, string taskName)
    {
        var task = LearningTasks.Find(taskName)!;
        var ml = new MLContext(seed: 1);
        var (train, test) = (ml.Data.LoadFromEnumerable(Orders(400, seed: 1)), ml.Data.LoadFromEnumerable(Orders(200, seed: 2)));
        var pipeline = Pipeline(ml, architecture, task);
        _ = pipeline.Fit(train);

        ITransformer model = null!;
        Assert.AreEqual(0, LiveTensors.LeftBy(() => model = pipeline.Fit(train)));

        // Chance is a half, and an additive model stays there: the test below.
        Assert.IsGreaterThan(0.95, Accuracy(model, test, task));
        using var file = new MemoryStream();
        ml.Model.Save(model, train.Schema, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out _);
        CollectionAssert.AreEqual(Scores(model, test, task), Scores(loaded, test, task));
        CollectionAssert.AreEqual(EveryTask.Weights(pipeline.Fit(train))[0], EveryTask.Weights(model)[0]);
    }

    [TestMethod]
    public void No_additive_model_learns_that_interaction()
    {
        var ml = new MLContext(seed: 1);
        var pipeline = ml.Transforms.Categorical.OneHotEncoding([new InputOutputColumnPair("Color"), new InputOutputColumnPair("Size")])
            .Append(ml.Transforms.Concatenate("Features", "Color", "Size", "Amount"))
            .Append(ml.BinaryClassification.Trainers.LbfgsLogisticRegression(nameof(Order.Flag)));

        var model = pipeline.Fit(ml.Data.LoadFromEnumerable(Orders(400, seed: 1)));

        Assert.IsLessThan(0.65, Accuracy(model, ml.Data.LoadFromEnumerable(Orders(200, seed: 2)), LearningTask.BinaryClassification));
    }

    [TestMethod]
    [DoNotParallelize]
    public void A_prediction_engine_takes_strings_also_those_that_training_did_not_see()
    {
        var ml = new MLContext(seed: 1);
        var model = Pipeline(ml, NetworkArchitecture.Mlp(16), LearningTask.BinaryClassification).Fit(ml.Data.LoadFromEnumerable(Orders(400, seed: 1)));
        using var engine = ml.Model.CreatePredictionEngine<Order, Prediction>(model);

        foreach (var order in Orders(50, seed: 3))
            Assert.AreEqual(order.Flag, engine.Predict(order).PredictedLabel, $"{order.Color} {order.Size}");

        // Unseen values and missing ones are the same row of the table, which without missing values in training is still 0.
        var unseen = engine.Predict(new Order { Color = "violet", Size = "M", Amount = 1 }).Score;
        Assert.AreEqual(unseen, engine.Predict(new Order { Color = "", Size = "M", Amount = 1 }).Score);
        Assert.IsTrue(float.IsFinite(unseen));
        var table = model.GetNeuralNetwork().Weights.Single(tensor => tensor.Name == "categories.0.weight");
        Assert.AreEqual(0, table.Values.Span[..(int)table.Shape[1]].ToArray().Max(Math.Abs));
    }

    [TestMethod]
    public void Missing_values_in_training_teach_what_missing_means()
    {
        var ml = new MLContext(seed: 1);
        var orders = Orders(400, seed: 1);
        foreach (var order in orders.Where(order => order.Amount > 0.5f))
            (order.Color, order.Flag) = ("", true);
        var options = Options(NetworkArchitecture.Mlp(16)) with { LabelColumnName = nameof(Order.Flag) };
        var pipeline = ml.Transforms.Concatenate("Features", nameof(Order.Nothing)).Append(Keys(ml))
            .Append(ml.BinaryClassification.Trainers.NeuralNetwork(options));

        var model = pipeline.Fit(ml.Data.LoadFromEnumerable(orders));

        using var engine = ml.Model.CreatePredictionEngine<Order, Prediction>(model);
        foreach (var size in Sizes)
            Assert.IsTrue(engine.Predict(new Order { Color = "", Size = size }).PredictedLabel, size);
        Assert.IsFalse(engine.Predict(new Order { Color = "red", Size = "S" }).PredictedLabel);
    }

    [TestMethod]
    public void Permutation_importance_of_ml_net_takes_the_features_beside_keys()
    {
        var ml = new MLContext(seed: 1);
        var rows = ml.Data.LoadFromEnumerable(Orders(200, seed: 1));
        var model = Pipeline(ml, NetworkArchitecture.Mlp(16), LearningTask.BinaryClassification).Fit(rows);

        var importance = ml.BinaryClassification.PermutationFeatureImportanceNonCalibrated(model, model.Transform(rows), nameof(Order.Flag));

        // The amount has nothing to do with the label, and it is the only slot of the features.
        Assert.HasCount(1, importance);
        Assert.AreEqual(0, importance["Amount"].AreaUnderRocCurve.Mean, 0.02);
    }

    [TestMethod]
    public void Cross_validation_maps_keys_in_each_fold()
    {
        var ml = new MLContext(seed: 1);
        var orders = Orders(300, seed: 1);

        // A value of one row: there is a fold that does not train on it.
        orders[0].Color = "unique";
        var results = ml.BinaryClassification.CrossValidateNonCalibrated(
            ml.Data.LoadFromEnumerable(orders), Pipeline(ml, NetworkArchitecture.Mlp(16), LearningTask.BinaryClassification), numberOfFolds: 3, nameof(Order.Flag));

        foreach (var fold in results)
            Assert.IsGreaterThan(0.9, fold.Metrics.Accuracy);
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void What_a_key_is_numbered_by_does_not_matter_to_what_can_be_learned(NetworkArchitecture architecture, string taskName)
    {
        // Tables start as unrelated rows: whoever permutes the keys permutes the rows, and gets the same outputs.
        using var scope = torch.NewDisposeScope();
        var input = new InputLayout { Numbers = 1, Categories = [new CategoryInput("Color", 1, 10)] };
        using var network = architecture.CreateNetwork(input, 1, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(taskName.Length)));
        using var pass = network.Begin(isTraining: false);
        var keys = torch.arange(11, dtype: torch.ScalarType.Float32).unsqueeze(1);
        var expected = network.forward(torch.cat([torch.ones(11, 1), keys], 1)).data<float>().ToArray();
        var table = network.named_parameters().Single(named => named.name == "categories.0.weight").parameter;

        table.copy_(table.flip(0).clone());

        var actual = network.forward(torch.cat([torch.ones(11, 1), 10 - keys], 1)).data<float>().ToArray();
        CollectionAssert.AreEqual(expected, actual);
        Assert.AreNotEqual(expected[3], expected[4]);
    }

    [TestMethod]
    [DoNotParallelize]
    public void Manifold_mixup_and_monte_carlo_passes_take_embedded_keys()
    {
        var ml = new MLContext(seed: 1);
        var rows = ml.Data.LoadFromEnumerable(Orders(200, seed: 1));
        var recipe = RegularizationRecipe.None with { Dropout = 0.2, ManifoldMixup = new ManifoldMixup { Alpha = 0.2 } };
        var model = Pipeline(ml, NetworkArchitecture.Mlp(32), LearningTask.BinaryClassification, recipe).Fit(rows);

        var uncertain = model.Append(ml.Transforms.MonteCarlo(model.GetNeuralNetwork(), passes: 30)).Transform(rows);

        Assert.IsGreaterThan(0.9, Accuracy(model, rows, LearningTask.BinaryClassification));
        Assert.IsGreaterThan(0, uncertain.GetColumn<float>("ScoreDeviation").Min());
    }

    private static IEstimator<ITransformer> Pipeline(MLContext ml, NetworkArchitecture architecture, LearningTask task, RegularizationRecipe? recipe = null)
    {
        var options = Options(architecture) with { Recipe = recipe ?? RegularizationRecipe.None };
        var features = ml.Transforms.Concatenate("Features", nameof(Order.Amount)).Append(Keys(ml));
        return task switch
        {
            _ when task == LearningTask.BinaryClassification => features.Append(ml.BinaryClassification.Trainers.NeuralNetwork(options with { LabelColumnName = nameof(Order.Flag) })),
            _ when task == LearningTask.MulticlassClassification => features.Append(ml.Transforms.Conversion.MapValueToKey("Label", nameof(Order.Kind)))
                .Append(ml.MulticlassClassification.Trainers.NeuralNetwork(options)).Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")),
            _ => features.Append(ml.Regression.Trainers.NeuralNetwork(options with { LabelColumnName = nameof(Order.Target) })),
        };
    }

    private static IEstimator<ITransformer> Keys(MLContext ml) =>
        ml.Transforms.Conversion.MapValueToKey([new InputOutputColumnPair("ColorKey", "Color"), new InputOutputColumnPair("SizeKey", "Size")]);

    private static NeuralNetworkOptions Options(NetworkArchitecture architecture) => new()
    {
        Architecture = architecture,
        CategoricalColumnNames = ["ColorKey", "SizeKey"],
        Recipe = RegularizationRecipe.None,
        MaxEpochs = 40,
        BatchSize = 32,
        LearningRate = architecture is RealMlpArchitecture ? 0.04 : 0.01,
        Schedule = new CosineSchedule(),
    };

    private static double Accuracy(ITransformer model, IDataView rows, LearningTask task)
    {
        var scored = model.Transform(rows);
        var flags = scored.GetColumn<bool>(nameof(Order.Flag)).ToList();
        var predictions = task switch
        {
            _ when task == LearningTask.BinaryClassification => scored.GetColumn<bool>("PredictedLabel"),
            _ when task == LearningTask.MulticlassClassification => scored.GetColumn<string>("PredictedLabel").Select(kind => kind == "yes"),
            _ => scored.GetColumn<float>("Score").Select(score => score > 0),
        };
        return predictions.Zip(flags, (predicted, flag) => predicted == flag ? 1.0 : 0).Average();
    }

    private static float[] Scores(ITransformer model, IDataView rows, LearningTask task) => task == LearningTask.MulticlassClassification
        ? [.. model.Transform(rows).GetColumn<float[]>("Score").SelectMany(score => score)]
        : [.. model.Transform(rows).GetColumn<float>("Score")];

    private static List<Order> Orders(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var (color, size) = (random.Next(Colors.Length), random.Next(Sizes.Length));
            var flag = (color % 2 == 1) != (size >= 2);
            return new Order
            {
                Color = Colors[color], Size = Sizes[size], Amount = random.NextSingle(), Flag = flag, Kind = flag ? "yes" : "no", Target = flag ? 1 : -1,
            };
        })];
    }

    private sealed class Order
    {
        public string Color { get; set; } = "";

        public string Size { get; set; } = "";

        public float Amount { get; set; }

        public float Nothing { get; set; }

        public bool Flag { get; set; }

        public string Kind { get; set; } = "";

        public float Target { get; set; }
    }

    private sealed class Prediction
    {
        public bool PredictedLabel { get; set; }

        public float Score { get; set; }
    }
}
