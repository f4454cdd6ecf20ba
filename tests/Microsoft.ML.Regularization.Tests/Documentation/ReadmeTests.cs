using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Augmentation.Tabular;
using Microsoft.ML.Regularization.Tests.Inputs.ImageFolders;
using Microsoft.ML.Regularization.Tests.Tokenization;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Documentation;

[TestClass]
public sealed partial class ReadmeTests
{
    private static IEnumerable<object[]> Pages => Repository.Pages.Select(page => new object[] { Path.GetRelativePath(Repository.Root, page) });

    [TestMethod]
    [DynamicData(nameof(Pages))]
    public void Every_snippet_is_the_code_that_runs_here(string document)
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, document));
        var code = string.Join('\n', Repository.Sources.Select(File.ReadAllText));
        var snippets = Snippet().Matches(readme);
        Assert.HasCount(Regex.Count(readme, "```csharp"), snippets, "every block of code is a named snippet");
        foreach (Match snippet in snippets)
        {
            var name = snippet.Groups["name"].Value;
            var source = Regex.Match(code, $@"(?<indent> *)// begin {name}\n(?<code>.*?)\n *// end {name}", RegexOptions.Singleline);
            Assert.IsTrue(source.Success, $"no code for {name}");
            var lines = source.Groups["code"].Value.Replace("\n" + source.Groups["indent"].Value, "\n", StringComparison.Ordinal);
            Assert.AreEqual(lines.Trim(), snippet.Groups["code"].Value.Trim());
        }
    }

    [TestMethod]
    public void The_first_table_gives_what_is_printed()
    {
        var metrics = GettingStarted.Table.Run();
        AssertPrinted(0, metrics.Accuracy, metrics.AreaUnderRocCurve);
    }

    [TestMethod]
    public void The_first_images_give_what_is_printed()
    {
        if (!Directory.Exists("digits"))
            GettingStarted.Images.Write("digits.csv", "digits");
        AssertPrinted(1, GettingStarted.Images.Run().MicroAccuracy);
    }

    [TestMethod]
    public void The_first_texts_give_what_is_printed()
    {
        var metrics = GettingStarted.Texts.Run();
        AssertPrinted(2, metrics.Accuracy, metrics.AreaUnderRocCurve);
    }

    [TestMethod]
    public void The_pipeline_runs()
    {
        var (metrics, loaded, test) = ReadmeSnippets.Pipeline();
        Assert.IsGreaterThan(0.94, metrics.MicroAccuracy);
        Assert.AreEqual(StopReason.PatienceExhausted, ReadmeSnippets.History(loaded).StopReason);
        Assert.AreEqual(metrics.LogLoss, new MLContext().MulticlassClassification.Evaluate(loaded.Transform(test)).LogLoss);
    }

    [TestMethod]
    public void The_smaller_snippets_run()
    {
        var ml = new MLContext(seed: 1);
        var rows = ml.Data.LoadFromEnumerable(Example.Clusters(300));
        Assert.HasCount(300, ReadmeSnippets.Augment(ml, rows).Read());
        Assert.HasCount(300, ReadmeSnippets.Spread(ml, ReadmeSnippets.Recipe(ml, rows), rows).GetColumn<float>("ScoreDeviation").ToList());
        var numbers = ml.Transforms.CopyColumns("Label", "Target").Fit(ml.Data.LoadFromEnumerable(Example.Clusters(60))).Transform(ml.Data.LoadFromEnumerable(Example.Clusters(60)));
        Assert.HasCount(60, ReadmeSnippets.MemberDeviation(ml, numbers, numbers).GetColumn<float>("MemberDeviation").ToList());
        Assert.IsGreaterThan(0.75, ml.MulticlassClassification.Evaluate(ReadmeSnippets.Pairs(ml, rows).Transform(rows)).MicroAccuracy);
    }

    [TestMethod]
    public void The_page_of_networks_runs()
    {
        var ml = new MLContext(seed: 1);
        var rows = ml.Data.LoadFromEnumerable(InputExample.Of(90));
        var sentences = ml.Data.LoadFromEnumerable(Example.Clusters(60));
        foreach (var trainer in new[] { NetworkSnippets.ImageNetwork(ml), NetworkSnippets.SequenceNetwork(ml), NetworkSnippets.Categories(ml) })
            Assert.IsGreaterThan(0.8, ml.MulticlassClassification.Evaluate(trainer.Fit(rows).Transform(rows)).MicroAccuracy);
        Assert.IsNotNull(NetworkSnippets.TextNetwork(ml).Fit(sentences).GetNeuralNetwork());
        File.WriteAllLines("vocab.txt", TinyVocabularies.Words);
        Assert.IsNotNull(NetworkSnippets.Subwords(ml).GetOutputSchema(SchemaShapes.Of(sentences.Schema)));
        File.WriteAllLines("houses.csv", ["Rooms,Age,Price", .. Enumerable.Range(0, 60).Select(i => $"{i % 7},{(i % 4 == 0 ? "" : i % 9)},{i % 7 + i % 9}")]);
        NetworkSnippets.EmbeddedNumbers().Validate(ml);
        Assert.IsNotNull(NetworkSnippets.TabM(ml));
        var (houses, pipeline) = NetworkSnippets.Gaps(ml);
        Assert.HasCount(15, houses.GetColumn<float>("Age").Where(float.IsNaN));
        Assert.IsTrue(pipeline.Fit(houses).Transform(houses).GetColumn<float>("Score").All(float.IsFinite));
        Assert.IsGreaterThan(0.9, ml.MulticlassClassification.Evaluate(NetworkSnippets.CustomNetwork(ml).Fit(rows).Transform(rows)).MicroAccuracy);
    }

    [TestMethod]
    public void The_pages_of_augmentations_run()
    {
        var ml = new MLContext(seed: 1);
        var digits = ml.Data.LoadFromTextFile(
            "digits.csv", [new("Digit", DataKind.Single, 0), new("Features", DataKind.Single, 1, 64)], separatorChar: ',', hasHeader: true);
        var keys = ml.Transforms.Conversion.MapValueToKey("Label", "Digit").Fit(digits).Transform(ml.Data.TakeRows(digits, 300));
        Assert.IsGreaterThan(0.8, ml.MulticlassClassification.Evaluate(ReadmeSnippets.Mixing(ml).Fit(keys).Transform(keys)).MicroAccuracy);
        Assert.IsGreaterThan(0.8, ml.MulticlassClassification.Evaluate(ReadmeSnippets.Images(ml).Fit(keys).Transform(keys)).MicroAccuracy);

        var rows = ml.Data.LoadFromEnumerable(Example.Clusters(300));
        foreach (var pipeline in new[] { ReadmeSnippets.Tables(ml), ReadmeSnippets.Labels(ml).Forest, ReadmeSnippets.Labels(ml).Network })
            Assert.IsGreaterThan(0.75, ml.MulticlassClassification.Evaluate(pipeline.Fit(rows).Transform(rows)).MicroAccuracy);
        var people = ml.Data.LoadFromEnumerable(Person.Generate(120));
        Assert.IsNotNull(ReadmeSnippets.MixingCategories(ml).Fit(people).GetNeuralNetwork());
        Assert.HasCount(300, ReadmeSnippets.Text(ml).Fit(rows).Transform(rows).GetColumn<uint>("PredictedLabel").ToList());

        ImageFolderTests.WritePhotos("photos");
        Assert.IsNotNull(ReadmeSnippets.ImageFolder(ml));
        var flags = ml.Transforms.CopyColumns("Label", "Flag").Fit(rows).Transform(rows);
        var calibrated = ReadmeSnippets.Calibration(ml, ml.BinaryClassification.Trainers.NeuralNetwork(maxEpochs: 3).Fit(flags), flags);
        CollectionAssert.AreEqual(
            calibrated.GetColumn<float>("Probability").Select(p => p > 0.5f).ToArray(), calibrated.GetColumn<bool>("PredictedLabel").ToArray());
    }

    [TestMethod]
    public void The_page_of_training_runs()
    {
        if (Directory.Exists("digits-run"))
            Directory.Delete("digits-run", recursive: true);
        var ml = new MLContext(seed: 1);
        var rows = ml.Data.LoadFromEnumerable(Example.Clusters(300));
        var model = ReadmeSnippets.Checkpoints(ml, rows);
        Assert.IsTrue(File.Exists(Path.Combine("digits-run", "best.safetensors")));
        Assert.AreEqual(model.GetNeuralNetwork().History.Epochs[0].Seconds, ReadmeSnippets.Checkpoints(ml, rows).GetNeuralNetwork().History.Epochs[0].Seconds);

        ml.Model.Save(ml.MulticlassClassification.Trainers.NeuralNetwork(maxEpochs: 2).Fit(rows), rows.Schema, "model.zip");
        Assert.IsLessThanOrEqualTo(10, ReadmeSnippets.ContinueTraining(ml, rows).GetNeuralNetwork().History.Epochs.Count);
        Assert.IsGreaterThan(0, ReadmeSnippets.Progress(ml, rows).ModelEpoch);
    }

    // On other processors the results may differ a little.
    private static void AssertPrinted(int index, double accuracy, double? area = null)
    {
        var printed = Result().Matches(File.ReadAllText("README.md"));
        Assert.HasCount(3, printed);
        Assert.AreEqual(Number("accuracy"), 100 * accuracy, 2);
        if (area is { } value)
            Assert.AreEqual(Number("area"), value, 0.02);

        double Number(string group) => double.Parse(printed[index].Groups[group].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"```text\n(?:area under the ROC curve (?<area>[\d.]+), )?accuracy (?<accuracy>[\d.]+)%\n```")]
    private static partial Regex Result();

    [GeneratedRegex(@"<!-- snippet: (?<name>\w+) -->\n```csharp\n(?<code>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Snippet();
}
