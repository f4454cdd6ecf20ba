using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text;
using static Microsoft.ML.Regularization.Tests.Refusal;
using static Microsoft.ML.Regularization.Tests.RefusedTraining;

namespace Microsoft.ML.Regularization.Tests.Scoring.ModelFiles;

/// <summary>Model files that are damaged, altered or of another version.</summary>
[TestClass]
public sealed class ModelFileRefusalTests
{
    private static IEnumerable<object[]> Cases =>
    [
        Case("a model without a network", () => Ml.Transforms.Mixup().Fit(View(Example.Clusters(9))).GetNeuralNetwork(), "no neural network", "TrainingOnlyTransformer"),
        Case("a model whose weights were altered", () => LoadAltered("weights.safetensors", bytes => bytes[^3] ^= 1), "weights.safetensors", "altered"),
        Case("a model whose weights were cut short", () => LoadAltered("weights.safetensors", bytes => bytes[..^4]), "weights.safetensors", "cut short"),
        Case("a model whose description was cut short", () => LoadAltered("network.json", bytes => bytes[..^20]), "network.json", "cut short"),
        Case("a model whose description was altered", () => LoadAltered("network.json", bytes => Replace(bytes, "\"ReLU\"", "\"Tanh\"")), "network.json", "altered"),
        Case("a description that is no JSON", () => LoadRewritten("network.json", bytes => bytes[..^20]), "network.json", "damaged"),
        Case("a model of an unknown network", () => LoadRewritten("network.json", bytes => Replace(bytes, "\"Mlp\"", "\"Xyz\"")), "network.json", "newer version"),
        Case("a model of an unknown task", () => LoadRewritten("network.json", bytes => Replace(bytes, "\"multiclass classification\"", "\"ranking\"")), "network.json", "no task 'ranking'"),
        Case("a model of another task's outputs", () => LoadRewritten("network.json", bytes => Replace(bytes, "\"multiclass classification\"", "\"regression\"")), "network.json", "regression"),
        Case("a model of another size than its weights", () => LoadRewritten("network.json", bytes => Replace(bytes, "\"numbers\": 4", "\"numbers\": 5")), "scaling.center", "(4)", "(5)"),
        Case("a model without an architecture", () => LoadRewritten("network.json", bytes => WithNull(bytes, "architecture")), "network.json", "damaged"),
        Case("a model without a history", () => LoadRewritten("network.json", bytes => WithNull(bytes, "history")), "network.json", "damaged"),
        Case("a model whose noise is out of range", () => LoadRewritten("network.json", bytes => Replace(bytes, "\"weightDecay\": 0,", "\"weightDecay\": 0, \"dropout\": {\"kind\":\"standard\",\"dropProbability\":1.5},")), "DropProbability", "below 1", "1.5"),
        Case("a model of numbers left out of an embedding that it does not have", () => LoadRewritten("network.json", bytes => Replace(bytes, "\"outputs\": 3,", "\"outputs\": 3, \"flags\": [0],")), "Flags", "Mlp("),
        Case("a transform of no kind", () => LoadAltered("Model.key", bytes => ReplaceWide(bytes, "\"transform\"", "\"transfarm\""), SavedMixup()), "training-only transform", "damaged"),
        Case("Monte-Carlo prediction of other options", () => LoadAltered("Model.key", bytes => ReplaceWide(bytes, "\"passes\"", "\"passas\""), SavedMonteCarlo()), "Monte-Carlo prediction", "damaged"),
        Case("a deviation of other options", () => LoadAltered("Model.key", bytes => ReplaceWide(bytes, "\"deviationColumnName\"", "\"deviationColumnNema\""), SavedDeviation()), "members' deviation", "options"),
        Case("Monte-Carlo prediction of altered weights", () => LoadAltered("weights.safetensors", bytes => { bytes[^3] ^= 1; return bytes; }, SavedMonteCarlo()), "weights.safetensors", "altered"),
        Case("a model without weights", () => LoadAltered("weights.safetensors", _ => null), "weights.safetensors", "lacks"),
        Case("a model without a description", () => LoadAltered("network.json", _ => null), "network.json", "lacks"),
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void An_error_names_what_is_wrong(string name, Action action, string[] fragments) => Check(name, action, fragments);

    [TestMethod]
    public void A_model_file_cut_short_anywhere_is_refused()
    {
        var file = SavedModel();
        for (var length = 0; length < file.Length; length += Math.Max(1, file.Length / 40))
        {
            using var stream = new MemoryStream(file[..length]);
            Assert.Throws<Exception>(() => new MLContext().Model.Load(stream, out _), $"{length} of {file.Length} bytes");
        }
    }

    private static byte[] SavedMonteCarlo()
    {
        using var file = new MemoryStream();
        var rows = View(Example.Clusters(30));
        Ml.Model.Save(Ml.Transforms.MonteCarlo(Fit(Quick with { Recipe = RegularizationRecipe.None with { Dropout = 0.5 } }).GetNeuralNetwork()).Fit(rows), rows.Schema, file);
        return file.ToArray();
    }

    private static byte[] SavedDeviation()
    {
        using var file = new MemoryStream();
        var rows = View(Example.Clusters(30));
        Ml.Model.Save(Ml.Transforms.MemberDeviation(Fit(Quick with { Members = 2 }).GetNeuralNetwork()).Fit(rows), rows.Schema, file);
        return file.ToArray();
    }

    private static byte[] SavedModel()
    {
        var view = View(Example.Clusters(30));
        using var file = new MemoryStream();
        Ml.Model.Save(Trainer(Quick).Fit(view), view.Schema, file);
        return file.ToArray();
    }

    private static object LoadAltered(string entryName, Action<byte[]> change) => LoadAltered(entryName, bytes =>
    {
        change(bytes);
        return bytes;
    });

    private static byte[] SavedMixup()
    {
        var view = View(Example.Clusters(30));
        using var file = new MemoryStream();
        Ml.Model.Save(Ml.Transforms.Mixup().Fit(view), view.Schema, file);
        return file.ToArray();
    }

    /// <summary>Loads a model of which one stream is not as it was saved.</summary>
    private static object LoadAltered(string entryName, Func<byte[], byte[]?> change, byte[]? model = null)
    {
        using var file = new MemoryStream();
        file.Write(model ?? SavedModel());
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
            Change(zip, entryName, change);

        file.Position = 0;
        return new MLContext().Model.Load(file, out _);
    }

    /// <summary>The same, with a checksum that fits: as another program would have written it.</summary>
    private static object LoadRewritten(string entryName, Func<byte[], byte[]> change)
    {
        using var file = new MemoryStream();
        file.Write(SavedModel());
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        {
            var (before, after) = ("", "");
            var folder = Change(zip, entryName, bytes =>
            {
                var changed = change(bytes);
                (before, after) = (Convert.ToHexString(SHA256.HashData(bytes)), Convert.ToHexString(SHA256.HashData(changed)));
                return changed;
            });
            Change(zip, folder + "Model.key", bytes => ReplaceWide(bytes, before, after));
        }

        file.Position = 0;
        return new MLContext().Model.Load(file, out _);
    }

    /// <summary>Changes the one entry whose path ends so, or removes it, and returns its folder.</summary>
    private static string Change(ZipArchive zip, string entryName, Func<byte[], byte[]?> change)
    {
        var entry = zip.Entries.Single(candidate => candidate.FullName.EndsWith(entryName, StringComparison.Ordinal));
        var path = entry.FullName;
        using var content = new MemoryStream();
        using (var stream = entry.Open())
            stream.CopyTo(content);
        entry.Delete();
        if (change(content.ToArray()) is { } changed)
        {
            using var stream = zip.CreateEntry(path).Open();
            stream.Write(changed);
        }

        return path[..^Path.GetFileName(path.Replace('\\', '/')).Length];
    }

    private static byte[] WithNull(byte[] json, string member)
    {
        var document = JsonNode.Parse(json)!.AsObject();
        Assert.IsNotNull(document[member]);
        document[member] = null;
        return Encoding.UTF8.GetBytes(document.ToJsonString());
    }

    // ML.NET keeps its strings in UTF-16.
    private static byte[] ReplaceWide(byte[] file, string old, string replacement)
    {
        var before = Encoding.Latin1.GetString(file);
        var (from, to) = (Wide(old), Wide(replacement));
        Assert.Contains(from, before);
        return Encoding.Latin1.GetBytes(before.Replace(from, to, StringComparison.Ordinal));

        static string Wide(string text) => Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(text));
    }

    private static byte[] Replace(byte[] text, string old, string replacement)
    {
        var before = Encoding.UTF8.GetString(text);
        Assert.Contains(old, before);
        return Encoding.UTF8.GetBytes(before.Replace(old, replacement, StringComparison.Ordinal));
    }
}
