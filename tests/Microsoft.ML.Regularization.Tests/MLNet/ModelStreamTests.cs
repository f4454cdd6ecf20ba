using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.ML.Regularization.Tests.Scoring.ModelFiles;
using Microsoft.ML.Regularization.Tests.Tokenization;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.MLNet;

/// <summary>What a model file says of itself is compared with what its network needs, before memory is taken for it.</summary>
[TestClass]
public sealed class ModelStreamTests
{
    private const string Weights = "weights.safetensors";
    private const string Description = "network.json";

    private static readonly MLContext Ml = new(seed: 1);
    private static readonly IDataView Rows = Ml.Rows(20);
    private static readonly ITransformer Model = Ml.Fit(SmallNetwork.Options with { MaxEpochs = 1 }, Rows);
    private static readonly ModelFile Saved = new(Model, Rows.Schema);

    [TestMethod]
    [DataRow(Weights)]
    [DataRow(Description)]
    public void A_stream_that_inflates_to_more_than_the_network_needs_takes_no_memory(string name)
    {
        var path = Saved.Path(name);
        var bomb = new byte[300_000_000];
        Saved.Entries[path].CopyTo(bomb, 0);
        AssertRefusedAtOnce(Saved.With(path, bomb), name);
    }

    [TestMethod]
    public void Weights_of_a_header_that_asks_for_more_take_no_memory()
    {
        var path = Saved.Path(Weights);
        var header = Encoding.UTF8.GetBytes("""{"hidden.0.linear.weight":{"dtype":"F32","shape":[25000000],"data_offsets":[0,100000000]}}""");
        var bomb = new byte[8 + header.Length + 100_000_000];
        BinaryPrimitives.WriteUInt64LittleEndian(bomb, (ulong)header.Length);
        header.CopyTo(bomb, 8);
        AssertRefusedAtOnce(Saved.With(path, bomb), "'scaling.center' is missing");
    }

    [TestMethod]
    public void A_vocabulary_that_inflates_to_more_than_one_has_takes_no_memory()
    {
        var words = Ml.Transforms.Text.TokenizeIntoSubwords(
            new SubwordTokenizationOptions { OutputColumnName = "Pieces", InputColumnName = "Sentence", Vocabulary = TinyVocabularies.WordPiece() }).Fit(Rows);
        var file = new ModelFile(words, Rows.Schema);
        AssertRefusedAtOnce(file.With(file.Path("vocab.txt"), new byte[100_000_000]), "vocab.txt");
    }

    [TestMethod]
    [DataRow(10)]
    [DataRow(100_000)]
    public void A_length_that_is_a_lie_is_no_way_around_the_checks(int said)
    {
        var path = Saved.Path(Weights);
        var bytes = Saved.With(path, new byte[50_000_000]);

        // The length before compression stands 24 bytes behind the start of the last entry of that name, in the directory at the end.
        var name = Encoding.UTF8.GetBytes(path);
        var place = bytes.AsSpan().LastIndexOf(name) - 46 + 24;
        Assert.AreEqual(50_000_000, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(place)));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(place), said);
        AssertRefusedAtOnce(bytes, Weights);
    }

    [TestMethod]
    public void What_only_training_depends_on_may_be_anything_a_later_version_refuses()
    {
        var expected = Scores(Model);
        foreach (var recipe in new[] { """{"weightDecay":-1}""", """{"stochasticDepth":{}}""", """{"dropout":{"kind":"spatial","dropProbability":0.5}}""" })
        {
            var description = JsonNode.Parse(Saved.Entries[Saved.Path(Description)])!;
            description["recipe"] = JsonNode.Parse(recipe);
            var loaded = ModelFile.Load(Saved.With(Saved.Path(Description), Encoding.UTF8.GetBytes(description.ToJsonString())));
            SmallNetwork.AssertEqual(expected, Scores(loaded));
        }
    }

    [TestMethod]
    public void A_network_for_another_task_is_refused()
    {
        var binary = Ml.BinaryClassification.Trainers.NeuralNetwork(SmallNetwork.Options with { LabelColumnName = "Flag", MaxEpochs = 1 }).Fit(Rows);
        var file = new ModelFile(binary, Rows.Schema);
        foreach (var name in new[] { Description, Weights })
            file.Entries[file.Path("Model/Model.key")] = WithChecksum(file, name);
        foreach (var name in new[] { Description, Weights })
            file.Entries[file.Path(name)] = Saved.Entries[Saved.Path(name)];
        var error = Assert.Throws<Exception>(() => ModelFile.Load(file.With(file.Path("Version.txt"), [])));
        Assert.Contains("is of a network for multiclass classification, in a model for binary classification", error.ToString());
    }

    private static byte[] WithChecksum(ModelFile file, string name)
    {
        var key = file.Entries[file.Path("Model/Model.key")].ToArray();
        var (before, after) = (Checksum(file), Checksum(Saved));
        after.CopyTo(key, key.AsSpan().IndexOf(before));
        return key;

        byte[] Checksum(ModelFile model) => Encoding.Unicode.GetBytes(ModelStream.Checksum(model.Entries[model.Path(name)]));
    }

    private static List<float[]> Scores(ITransformer model) => SmallNetwork.Scores(model.Transform(Rows));

    private static void AssertRefusedAtOnce(byte[] file, string message)
    {
        Assert.IsLessThan(3_000_000, file.Length);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<Exception>(() => ModelFile.Load(file));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.IsLessThan(10_000_000, allocated);
        Assert.Contains(nameof(FormatException), error.ToString());
        Assert.Contains(message, error.ToString());
    }
}
