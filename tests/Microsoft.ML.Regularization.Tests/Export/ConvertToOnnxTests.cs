using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Networks.Custom;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Export;

/// <summary>ML.NET's own converter takes pipelines with the library's trainers.</summary>
[TestClass]
public sealed class ConvertToOnnxTests
{
    private static readonly MLContext Context = new(seed: 1);

    private static IEnumerable<object[]> Cases =>
        from architecture in new ArchitectureCase[]
        {
            new(NetworkArchitecture.RealMlp() with { HiddenSizes = [8] }, ArchitectureCase.Flagged, ArchitectureCase.Category),
            new(NetworkArchitecture.Mlp(8), null, ArchitectureCase.Category),
            new(NetworkArchitecture.TabM(3, 8), ArchitectureCase.Numbers),
            new(NetworkArchitecture.ResNet(8, 4), ArchitectureCase.Images),
            new(NetworkArchitecture.Gru(4, bidirectional: true), ArchitectureCase.Sequences),
        }
        from task in LearningTasks.All
        select new object[] { architecture, task.ToString() };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void It_gives_the_columns_of_the_model(object architecture, string taskName)
    {
        var (own, task) = ((ArchitectureCase)architecture, LearningTasks.Find(taskName)!);
        var rows = Select(own, InputExample.Of(60));
        var model = own.Trainer(task, RegularizationRecipe.None, epochs: 2).Fit(rows);

        Check(task, model, rows, rows);
    }

    [TestMethod]
    public void Augmentations_vanish_and_members_are_averaged()
    {
        var own = new ArchitectureCase(NetworkArchitecture.Mlp(8), ArchitectureCase.Numbers);
        var rows = Select(own, InputExample.Of(60));
        var model = Context.Transforms.GaussianNoise(ArchitectureCase.Numbers, scale: 0.1)
            .Append(EveryTask.Trainer(Context, LearningTask.BinaryClassification, own.Options(RegularizationRecipe.None, epochs: 2) with { Members = 2 }))
            .Fit(rows);

        Check(LearningTask.BinaryClassification, model, rows, rows);
    }

    [TestMethod]
    public void A_moved_threshold_is_exported_with_the_label()
    {
        var own = new ArchitectureCase(NetworkArchitecture.Mlp(8), ArchitectureCase.Numbers);
        var rows = Select(own, InputExample.Of(60));
        var model = (NeuralNetworkBinaryTransformer)own.Trainer(LearningTask.BinaryClassification, RegularizationRecipe.None, epochs: 5).Fit(rows);
        var moved = Context.BinaryClassification.ChangeModelThreshold(model, 0.6f, "Probability");

        Assert.AreNotEqual(
            model.Transform(rows).GetColumn<bool>("PredictedLabel").Count(truth => truth), moved.Transform(rows).GetColumn<bool>("PredictedLabel").Count(truth => truth));
        Check(LearningTask.BinaryClassification, moved, rows, rows);
    }

    [TestMethod]
    public void Texts_of_any_length_are_read()
    {
        foreach (var architecture in new NetworkArchitecture[] { NetworkArchitecture.TextTransformer(width: 8, depth: 1, heads: 2, maxLength: 4), NetworkArchitecture.Lstm(4) with { MaxLength = 6 }, NetworkArchitecture.Bert(width: 8, depth: 1, heads: 2, maxLength: 4) })
        {
            var own = new ArchitectureCase(architecture, ArchitectureCase.Texts);
            var examples = InputExample.Of(12);
            var model = own.Trainer(LearningTask.MulticlassClassification, RegularizationRecipe.None, epochs: 1).Fit(Select(own, InputExample.Of(40)));
            using var exported = new ConvertedPipeline(Context, model, Select(own, examples));
            foreach (var example in examples)
            {
                var row = Select(own, [example]);
                Closeness.AssertClose(EveryTask.Scores(model, row)[0].AsSpan(), exported.Column<float>(row, "Score"), 1e-5, string.Join(' ', example.Tokens));
            }
        }
    }

    [TestMethod]
    public void A_whole_pipeline_predicts_from_its_texts_and_numbers()
    {
        var rows = Context.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(place => new House
        {
            Rooms = place % 7, Town = place % 2 == 0 ? "Graz" : "Linz", Price = place % 7 < 3 ? "low" : place % 2 == 0 ? "high" : "middle", Target = place,
        }));
        var model = Context.Transforms.Concatenate("Features", nameof(House.Rooms))
            .Append(Context.Transforms.Conversion.MapValueToKey([new("TownKey", nameof(House.Town)), new("Label", nameof(House.Price))]))
            .Append(Context.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
            {
                Architecture = NetworkArchitecture.Mlp(8), CategoricalColumnNames = ["TownKey"], MaxEpochs = 20, LearningRate = 0.05,
            }))
            .Append(Context.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(rows);
        using var exported = new ConvertedPipeline(Context, model, rows);

        var expected = model.Transform(rows).GetColumn<ReadOnlyMemory<char>>("PredictedLabel").Select(label => label.ToString()).ToList();
        Assert.IsGreaterThan(1, expected.Distinct().Count());
        CollectionAssert.AreEqual(expected, exported.Column<string>(rows, "PredictedLabel"));
    }

    [TestMethod]
    public void Keys_of_other_rows_are_translated()
    {
        var towns = new[] { "Graz", "Linz", "Wels" };
        var ((_, trained), (rows, other)) = (Keyed(towns), Keyed(["Wels", "Graz", "Linz"]));
        var model = Context.Regression.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            Architecture = NetworkArchitecture.Mlp(8), FeatureColumnName = null, CategoricalColumnNames = ["Town"], LabelColumnName = "Target", MaxEpochs = 5,
        }).Fit(trained);
        Assert.AreNotEqual(EveryTask.Scores(model, trained)[0][0], EveryTask.Scores(model, other)[0][0]);

        // The converter begins where rows do, before they have keys.
        Check(LearningTask.Regression, model, other, rows);

        static (IDataView Rows, IDataView Keyed) Keyed(string[] order)
        {
            var rows = Context.Data.LoadFromEnumerable(order.Concat(order).Select((town, place) => new House { Town = town, Target = town[0] + place }));
            return (rows, Context.Transforms.Conversion.MapValueToKey("Town").Fit(rows).Transform(rows));
        }
    }

    [TestMethod]
    public void What_cannot_be_exported_is_named()
    {
        var own = new ArchitectureCase(NetworkArchitecture.Custom(new NormalizedNetwork()), ArchitectureCase.Numbers);
        var rows = Select(own, InputExample.Of(30));
        var model = own.Trainer(LearningTask.Regression, RegularizationRecipe.None, epochs: 1).Fit(rows);
        Assert.Contains(
            "Architecture is Custom", Assert.ThrowsExactly<NotSupportedException>(() => Context.Model.ConvertToOnnx(model, rows, Stream.Null)).Message);

        var plain = new ArchitectureCase(NetworkArchitecture.Mlp(8), ArchitectureCase.Numbers).Trainer(LearningTask.Regression, RegularizationRecipe.None, epochs: 1).Fit(rows);
        var old = Assert.Throws<ArgumentOutOfRangeException>(() => Context.Model.ConvertToOnnx(plain, rows, 9, Stream.Null));
        Assert.Contains("NeuralNetwork's minimum OpSet version requirement: 12", old.Message);
    }

    // What the model makes of a view, and the exported pipeline of the rows that the view is of.
    private static void Check(LearningTask task, ITransformer model, IDataView view, IDataView rows)
    {
        using var exported = new ConvertedPipeline(Context, model, view);
        var scored = model.Transform(view);
        var scores = EveryTask.Scores(model, view).SelectMany(score => score).ToArray();
        Assert.IsGreaterThan(0.001f, scores.Max() - scores.Min());
        Closeness.AssertClose(scores.AsSpan(), exported.Column<float>(rows, "Score"), 1e-5, "Score");
        if (task == LearningTask.MulticlassClassification)
            CollectionAssert.AreEqual(scored.GetColumn<uint>("PredictedLabel").ToArray(), exported.Column<uint>(rows, "PredictedLabel"));
        if (task != LearningTask.BinaryClassification)
            return;
        CollectionAssert.AreEqual(scored.GetColumn<bool>("PredictedLabel").ToArray(), exported.Column<bool>(rows, "PredictedLabel"));
        Closeness.AssertClose(scored.GetColumn<float>("Probability").ToArray().AsSpan(), exported.Column<float>(rows, "Probability"), 1e-5, "Probability");
    }

    private static IDataView Select(ArchitectureCase own, IEnumerable<InputExample> examples)
    {
        string[] columns = [.. own.CategoricalColumnNames, "Label", "Flag", "Target", .. own.FeatureColumnName is { } features ? new[] { features } : []];
        var rows = Context.Data.LoadFromEnumerable(examples);
        return Context.Transforms.SelectColumns(columns).Fit(rows).Transform(rows);
    }

    private sealed class House
    {
        public float Rooms { get; set; }

        public string Town { get; set; } = "";

        public string Price { get; set; } = "";

        public float Target { get; set; }
    }
}
