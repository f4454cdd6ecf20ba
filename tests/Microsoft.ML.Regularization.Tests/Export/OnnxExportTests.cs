using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Networks.Custom;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Export;

[TestClass]
public sealed class OnnxExportTests
{
    private static readonly MLContext Context = new(seed: 1);

    [TestMethod]
    public void Every_described_layer_has_a_form()
    {
        var described = typeof(LayerDescription).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LayerDescription)) && !type.IsAbstract);

        CollectionAssert.AreEquivalent(described.ToList(), LayerForms.ByLayer.Keys.ToList());
    }

    [TestMethod]
    public void The_file_tells_classes_words_recipe_and_version()
    {
        var rows = Context.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(place => new Named
        {
            Size = place, Town = place % 2 == 0 ? "Łódź" : "Graz", Score = place % 3 == 0 ? "a" : "b", Kind = place < 15 ? "small" : place < 30 ? "\"mid\"" : "large",
        }));
        var recipe = RegularizationRecipe.None with { Dropout = 0.25 };
        var network = Context.Transforms.Concatenate("Features", nameof(Named.Size))
            .Append(Context.Transforms.Conversion.MapValueToKey([new("Town"), new("Score"), new("Label", nameof(Named.Kind))]))
            .Append(Context.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
            {
                Architecture = NetworkArchitecture.Mlp(4), Recipe = recipe, CategoricalColumnNames = ["Town", "Score"], MaxEpochs = 1,
            }))
            .Fit(rows).GetNeuralNetwork();
        using var session = new OnnxSession(network);

        var found = session.Metadata.CustomMetadataMap;
        CollectionAssert.AreEqual(new[] { "small", "\"mid\"", "large" }, JsonSerializer.Deserialize<string[]>(found["classes"]));
        CollectionAssert.AreEqual(new[] { "Łódź", "Graz" }, JsonSerializer.Deserialize<string[]>(found["categories.Town"]));
        Assert.AreEqual(recipe, RegularizationRecipe.FromJson(found["recipe"]));
        Assert.AreEqual("multiclass classification", found["task"]);
        Assert.AreEqual(network.Architecture.ToString(), found["architecture"]);
        Assert.AreEqual("Microsoft.ML.Regularization", session.Metadata.ProducerName);
        CollectionAssert.AreEquivalent(new[] { "Features", "Town", "Score_" }, session.Inputs.ToList(), "an output has the name of a column");
    }

    [TestMethod]
    public void Words_of_texts_are_told_too()
    {
        var rows = Context.Data.LoadFromEnumerable(Enumerable.Range(0, 30).Select(place => new Named { Town = place % 2 == 0 ? "good day" : "bad", Size = place % 2 }));
        var network = Context.Transforms.Text.TokenizeIntoWords("Words", nameof(Named.Town))
            .Append(Context.Transforms.Conversion.MapValueToKey("Words"))
            .Append(Context.Regression.Trainers.NeuralNetwork(new NeuralNetworkOptions
            {
                Architecture = NetworkArchitecture.Gru(3) with { MaxLength = 4 }, FeatureColumnName = "Words", LabelColumnName = nameof(Named.Size), MaxEpochs = 1,
            }))
            .Fit(rows).GetNeuralNetwork();
        using var session = new OnnxSession(network);

        CollectionAssert.AreEqual(new[] { "good", "day", "bad" }, JsonSerializer.Deserialize<string[]>(session.Metadata.CustomMetadataMap["vocabulary"]));
    }

    [TestMethod]
    public void Inputs_have_the_names_of_columns_and_outputs_keep_theirs()
    {
        var rows = Context.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(place => new Named { Size = place, Town = place % 2 == 0 ? "a" : "b", Kind = place % 3 == 0 ? "c" : "d" }));
        var network = Context.Transforms.Concatenate("Features", nameof(Named.Size))
            .Append(Context.Transforms.Conversion.MapValueToKey([new("numbers_1", nameof(Named.Town)), new("Sub_2", nameof(Named.Kind))]))
            .Append(Context.Regression.Trainers.NeuralNetwork(new NeuralNetworkOptions
            {
                Architecture = NetworkArchitecture.Mlp(4), LabelColumnName = nameof(Named.Size), CategoricalColumnNames = ["numbers_1", "Sub_2"], MaxEpochs = 1,
            }))
            .Fit(rows).GetNeuralNetwork();

        // Names of columns that the graph would give to values of its own, that of an output, and that of another input, which gives way.
        foreach (var (asked, found) in new[] { ("my column", "my column"), ("Mul_1", "Mul_1"), ("numbers_0", "numbers_0"), ("Score", "Score_"), ("numbers_1", "numbers_1") })
        {
            using var file = new MemoryStream();
            network.SaveOnnx(file, asked);
            using var session = new InferenceSession(file.ToArray());
            CollectionAssert.AreEquivalent(new[] { found, found == "numbers_1" ? "numbers_1_" : "numbers_1", "Sub_2" }, session.InputMetadata.Keys.ToList(), asked);
            CollectionAssert.AreEqual(new[] { "Score" }, session.OutputMetadata.Keys.ToList());
        }
    }

    [TestMethod]
    public void A_blank_name_is_refused()
    {
        var network = Fit(new ArchitectureCase(NetworkArchitecture.Mlp(4), ArchitectureCase.Numbers), RegularizationRecipe.None);

        Assert.Contains("featureColumnName", Assert.ThrowsExactly<ArgumentException>(() => network.SaveOnnx(Stream.Null, " ")).Message);
    }

    [TestMethod]
    public void More_weights_than_a_file_holds_are_refused_and_nothing_is_written()
    {
        var network = Fit(new ArchitectureCase(NetworkArchitecture.Mlp(4), ArchitectureCase.Numbers), RegularizationRecipe.None);
        using var whole = new MemoryStream();
        network.SaveOnnx(whole);

        // What a reader finds: floats take four bytes, whole numbers eight.
        var bytes = PublishedFile.TensorsOf(whole.ToArray()).Sum(tensor => tensor.Shape.Aggregate(1L, (count, size) => count * size) * (tensor.Type == "F32" ? 4 : 8));
        using var again = new MemoryStream();
        OnnxExport.Save(network, again, featureColumnName: null, mostBytes: bytes);
        CollectionAssert.AreEqual(whole.ToArray(), again.ToArray());

        using var none = new MemoryStream();
        var message = Assert.ThrowsExactly<NotSupportedException>(() => OnnxExport.Save(network, none, featureColumnName: null, mostBytes: bytes - 1)).Message;
        Assert.Contains($"an ONNX file of {bytes - 1} bytes", message);
        Assert.AreEqual(0, none.Length);
        Assert.IsLessThan(int.MaxValue, OnnxFile.MostBytes, "Protobuf's limit");
    }

    [TestMethod]
    public void The_file_is_the_same_each_time_and_the_stream_stays_open()
    {
        var network = Fit(new ArchitectureCase(NetworkArchitecture.Mlp(4), ArchitectureCase.Numbers), RegularizationRecipe.None);
        using var first = new MemoryStream();
        using var second = new MemoryStream();
        network.SaveOnnx(first);
        network.SaveOnnx(second);

        CollectionAssert.AreEqual(first.ToArray(), second.ToArray());
        Assert.IsTrue(first.CanWrite);
    }

    [TestMethod]
    public void What_cannot_be_exported_is_named_and_nothing_is_written()
    {
        Refused(Fit(new ArchitectureCase(NetworkArchitecture.Custom(new NormalizedNetwork()), ArchitectureCase.Numbers), RegularizationRecipe.None), "Architecture is Custom");
        Refused(
            Fit(
                new ArchitectureCase(NetworkArchitecture.Mlp(4), ArchitectureCase.Numbers),
                RegularizationRecipe.None with { Dropout = new DropConnect(0.2) { Inference = DropConnectInference.MomentMatched } }),
            "Dropout is DropConnect 0.2 with matched moments");
        Assert.ThrowsExactly<ArgumentNullException>(() => OnnxExport.SaveOnnx(null!, Stream.Null));
        Assert.ThrowsExactly<ArgumentNullException>(
            () => Fit(new ArchitectureCase(NetworkArchitecture.Mlp(4), ArchitectureCase.Numbers), RegularizationRecipe.None).SaveOnnx(null!));

        static void Refused(TrainedNetwork network, string words)
        {
            using var file = new MemoryStream();
            Assert.Contains(words, Assert.ThrowsExactly<NotSupportedException>(() => network.SaveOnnx(file)).Message);
            Assert.AreEqual(0, file.Length);
        }
    }

    private static TrainedNetwork Fit(ArchitectureCase own, RegularizationRecipe recipe) =>
        own.Trainer(LearningTask.Regression, recipe, epochs: 1).Fit(Context.Data.LoadFromEnumerable(InputExample.Of(30))).GetNeuralNetwork();

    private sealed class Named
    {
        public float Size { get; set; }

        public string Town { get; set; } = "";

        public string Score { get; set; } = "";

        public string Kind { get; set; } = "";
    }
}
