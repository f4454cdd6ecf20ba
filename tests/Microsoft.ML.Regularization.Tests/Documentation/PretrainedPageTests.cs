using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Inputs.ImageFolders;
using Microsoft.ML.Regularization.Tests.Pretrained;

namespace Microsoft.ML.Regularization.Tests.Documentation;

/// <summary>The code of docs/pretrained.md, with the files that the page names.</summary>
[TestClass]
[DoNotParallelize]
public sealed class PretrainedPageTests
{
    [TestMethod]
    public void Photos_are_learned()
    {
        var folder = Directory.CreateTempSubdirectory("pretrained").FullName;
        try
        {
            ImageFolderTests.WritePhotos(folder);
            var ml = new MLContext(seed: 1);
            var model = PretrainedSnippets.Photos(ml, folder, PublishedNetworkFiles.ResNet);
            Assert.IsLessThan(0.7, ml.MulticlassClassification.Evaluate(model.Transform(ml.Data.LoadFromImageFolder(folder))).LogLoss);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestMethod]
    public void The_preset_tells_photos_apart()
    {
        var ml = new MLContext(seed: 1);
        var random = new Random(3);
        Photo[] photos = [.. Enumerable.Range(0, 24).Select(number => Of(isFence: number % 2 == 0))];

        var model = PretrainedSnippets.PhotoPreset(ml, ml.Data.LoadFromEnumerable(photos[..16]), PublishedNetworkFiles.ResNet);

        Assert.AreEqual(1, ml.MulticlassClassification.Evaluate(model.Transform(ml.Data.LoadFromEnumerable(photos[16..]))).MicroAccuracy);
        Assert.AreEqual(6, model.GetNeuralNetwork().History.ModelEpoch);
        Assert.IsNotNull(model.GetNeuralNetwork().History.Probe);

        // Upright bars or level ones, of any dark color on any light one.
        Photo Of(bool isFence)
        {
            const int side = 16;
            byte[] colors = [.. Enumerable.Range(0, 2 * 4).Select(i => (byte)random.Next(i / 4 * 155, 100 + i / 4 * 155))];
            var pixels = Enumerable.Range(0, side * side).SelectMany(i => colors[((isFence ? i % side : i / side) / 4 % 2 * 4)..][..4]);
            return new Photo { Label = isFence ? "fence" : "ladder", Image = MLImage.CreateFromPixels(side, side, MLPixelFormat.Rgba32, [.. pixels.Select((value, i) => i % 4 == 3 ? (byte)255 : value)]) };
        }
    }

    [TestMethod]
    public void Texts_are_learned()
    {
        var ml = new MLContext(seed: 1);
        string[] good = ["a wonderful film", "I loved every minute", "moving and beautifully played", "great fun"];
        string[] bad = ["a terrible mess", "I was bored to death", "dull and badly played", "a waste of time"];
        var rows = ml.Data.LoadFromEnumerable(good.Concat(bad).Select(text => new Review { Sentence = text, Label = good.Contains(text) }));
        using var network = PublishedNetworkFiles.MiniLM();
        using var vocabulary = PublishedNetworkFiles.MiniLMVocabulary();

        var model = PretrainedSnippets.Texts(ml, rows, network.Path, vocabulary.Path);

        Review[] others = [new() { Sentence = "a marvellous movie", Label = true }, new() { Sentence = "the worst movie of the year" }];
        var unseen = model.Transform(ml.Data.LoadFromEnumerable(others)).GetColumn<bool>("PredictedLabel").ToArray();
        CollectionAssert.AreEqual(new[] { true, false }, unseen);
    }

    [TestMethod]
    public void The_report_is_that_of_the_page()
    {
        var tensors = new TensorList(RegularizationRecipe.None, long.MaxValue);
        var (network, image) = (NetworkArchitecture.ImageNetResNet(18), new ImageShape(224, 224, 3));
        var layout = new InputLayout { Numbers = 224 * 224 * 3, Image = image };
        network.ListTensors(tensors, layout, 10);
        var published = TorchvisionNames.Of(network, tensors.Shapes).Rules.SelectMany(rule => rule.Parts)
            .Select(part => new NetworkTensor("backbone." + Renamed(part.Name), part.Shape, new float[part.Shape.Aggregate((product, size) => product * size)]));
        using var file = WeightFile.Safetensors(published.Append(new NetworkTensor("projector.weight", [2], new float[2])));

        var lines = PretrainedSnippets.Report(file.Path).ReportFor(network, image).ToString().Split(Environment.NewLine);

        var shown = File.ReadAllText("pretrained.md").Split("```text\n")[1].Split("```")[0].Trim().Split('\n');
        CollectionAssert.AreEqual(shown[..2], lines[..2]);
        CollectionAssert.AreEqual(shown[^3..], lines[^3..]);

        // As networks were written before names were settled.
        static string Renamed(string name) => name.Contains("bn", StringComparison.Ordinal) || name.Contains("downsample.1", StringComparison.Ordinal)
            ? name.Replace(".weight", ".gamma", StringComparison.Ordinal).Replace(".bias", ".beta", StringComparison.Ordinal) : name;
    }

    [TestMethod]
    public void The_preset_tells_kinds_of_questions_apart()
    {
        var ml = new MLContext(seed: 1);
        using var network = PublishedNetworkFiles.MiniLM();
        using var vocabulary = PublishedNetworkFiles.MiniLMVocabulary();
        var (places, people) = (new[] { "Where is {0}?", "Which river flows through {0}?" }, new[] { "Who wrote {0}?", "Who is the father of {0}?" });
        string[] things = ["Rome", "Delft", "Oslo", "Kyoto", "Quito"];
        var rows = things.SelectMany(thing => places.Select(text => Of(text, thing, "place")).Concat(people.Select(text => Of(text, thing, "person")))).ToList();

        var model = PretrainedSnippets.Preset(ml, ml.Data.LoadFromEnumerable(rows), network.Path, SubwordVocabulary.WordPiece(vocabulary.Path, addSpecialTokens: true));

        Question[] unseen = [Of("Where do I find {0}?", "Lima", "place"), Of("Who painted {0}?", "Guernica", "person")];
        Assert.AreEqual(1, ml.MulticlassClassification.Evaluate(model.Transform(ml.Data.LoadFromEnumerable(unseen))).MicroAccuracy);
        Assert.IsNotNull(model.GetNeuralNetwork().History.Probe);

        static Question Of(string text, string thing, string kind) => new() { Sentence = text.Replace("{0}", thing, StringComparison.Ordinal), Kind = kind };
    }

    [TestMethod]
    public void Tuned_networks_keep_what_is_frozen()
    {
        var ml = new MLContext(seed: 1);
        using var network = PublishedNetworkFiles.MiniLM();
        using var vocabulary = PublishedNetworkFiles.MiniLMVocabulary();
        var tokens = SubwordVocabulary.WordPiece(vocabulary.Path, addSpecialTokens: true);
        var rows = ml.Data.LoadFromEnumerable(new Review[] { new() { Sentence = "a fine film", Label = true }, new() { Sentence = "a bad film" } });
        var options = PretrainedSnippets.Tuning(network.Path) with { MaxEpochs = 1, Recipe = RegularizationRecipe.None };

        var weights = ml.Transforms.Text.TokenizeIntoSubwords("Tokens", "Sentence", tokens).Append(ml.BinaryClassification.Trainers.NeuralNetwork(options))
            .Fit(rows).GetNeuralNetwork().Outcome.Weights;

        var start = options.Pretrained!.Match(options.Architecture!, new InputLayout { Text = new TextInput(64, tokens.Tokens.Count) { KeepsLastToken = true } }).Weights;
        foreach (var (name, isFrozen) in new[] { ("embedding.weight", true), ("positions.table", true), ("embedding_norm.weight", false), ("blocks.0.linear.weight", false) })
            Assert.AreEqual(isFrozen, start.Find(name)!.Values.Span.SequenceEqual(weights.Find(name)!.Values.Span), name);
    }

    private sealed class Photo
    {
        public string Label { get; set; } = "";

        [UnsizedImage]
        public MLImage? Image { get; set; }
    }

    private sealed class Question
    {
        public string Sentence { get; set; } = "";

        public string Kind { get; set; } = "";
    }

    private sealed class Review
    {
        public string Sentence { get; set; } = "";

        public bool Label { get; set; }
    }
}
