using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Export;
using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization;

/// <summary>Writes trained networks as ONNX files, which other runtimes and languages score with.</summary>
public static class OnnxExport
{
    private const string FeaturesName = "Features";
    private const string TokensName = "Tokens";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Outputs = [DefaultColumnNames.Score, DefaultColumnNames.Probability, DefaultColumnNames.PredictedLabel];

    /// <summary>
    /// Writes the network alone, without the transforms before it, as an ONNX model of operators of version 12 or older: missing numbers filled in, scaling,
    /// embeddings, layers, calibration and the mean over members are in it. Its scores are those of the model within rounding.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Inputs, each with any number of rows first: <c>Features</c>, 32-bit floats (rows, width of the feature column), of images and sequences too; for texts
    /// <c>Tokens</c> instead, 64-bit integers (rows, maximum length of the architecture): from 2 for the first word of the vocabulary, 1 for words it lacks, 0
    /// behind the end of the text; a text without words is a single 1. <paramref name="featureColumnName"/> takes the place of either name. And for each column of categories, by its
    /// name, 64-bit integers (rows, keys): keys from 1, 0 for missing ones. A column that has the name of an output, or of another input, gets <c>_</c> behind it.
    /// </para>
    /// <para>
    /// Outputs: <c>Score</c>, 32-bit floats (rows, 1), the number or, for two classes, the logit of true; for several classes (rows, classes), their probabilities.
    /// For two classes also <c>Probability</c> (rows, 1) of true. For both <c>PredictedLabel</c> (rows, 1): of bool, true where the score is above 0; or the
    /// 64-bit number of the likeliest class, from 0.
    /// </para>
    /// <para>
    /// Metadata: <c>task</c>, <c>architecture</c>, <c>recipe</c> (JSON), and, as JSON lists of texts where training named them, <c>classes</c>, <c>vocabulary</c>
    /// and <c>categories.</c> with the name of each column. Where a number is missing and the model refuses such rows, the scores are NaN.
    /// </para>
    /// </remarks>
    /// <param name="network">The network: see <see cref="NeuralNetworkCatalog.GetNeuralNetwork"/>.</param>
    /// <param name="stream">Where to; it stays open.</param>
    /// <param name="featureColumnName">What the input of features or tokens is called: the name of the column, where rows are scored that have it. Default: null, <c>Features</c> or <c>Tokens</c>.</param>
    /// <exception cref="ArgumentNullException">The network or the stream is null.</exception>
    /// <exception cref="ArgumentException">The name of the column is blank.</exception>
    /// <exception cref="NotSupportedException">
    /// The network is a custom one, scores by <see cref="DropConnectInference.MomentMatched"/>, or has more weights than the 2 GB that such a file holds; the message
    /// names what is in the way. Nothing is written.
    /// </exception>
    public static void SaveOnnx(this TrainedNetwork network, Stream stream, string? featureColumnName = null) =>
        Save(network, stream, featureColumnName, OnnxFile.MostBytes);

    /// <param name="network">The network.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="featureColumnName">See <see cref="SaveOnnx"/>.</param>
    /// <param name="mostBytes">Bytes of weights that the file may have.</param>
    internal static void Save(TrainedNetwork network, Stream stream, string? featureColumnName, long mostBytes)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(stream);
        if (featureColumnName is not null)
            ArgumentException.ThrowIfNullOrWhiteSpace(featureColumnName);
        var file = new OnnxFile(mostBytes);
        var names = NamesOf(network.Input, featureColumnName);
        var rows = AddInputs(file, network.Input, names);
        foreach (var (value, column) in new ScoreForm(file, network).Of(NetworkForm.Of(file, network, rows), rows.Numbers))
            file.Output(value, column);
        file.Save(stream, (typeof(TrainedNetwork).Assembly.GetName().Name!, TrainingRecord.ThisVersion), Describe(network, names));
    }

    private static GraphRows AddInputs(OnnxFile file, InputLayout input, string[] names)
    {
        if (input.Text is { } text)
            return new GraphRows(file.Input(names[0], OnnxType.Int64, text.MaxLength), "");
        var numbers = input.Numbers == 0 ? "" : file.Input(names[0], OnnxType.Single, input.Numbers);
        var keys = input.Categories.Select((category, place) => file.Input(names[place + 1], OnnxType.Int64, category.Slots)).ToList();
        return new GraphRows(numbers, keys.Count == 0 ? "" : file.Concat(1, keys));
    }

    // That of the features or tokens, then those of the categories.
    private static string[] NamesOf(InputLayout input, string? featureColumnName)
    {
        var (taken, names) = (new HashSet<string>(Outputs), new List<string>());
        foreach (var column in input.Categories.Select(category => category.ColumnName).Prepend(featureColumnName ?? (input.Text is null ? FeaturesName : TokensName)))
        {
            var name = column;
            while (!taken.Add(name))
                name += "_";
            names.Add(name);
        }

        return [.. names];
    }

    private static IEnumerable<(string Key, string Value)> Describe(TrainedNetwork network, string[] names)
    {
        yield return ("task", network.Task.Name);
        yield return ("architecture", network.Architecture.ToString());
        yield return ("recipe", network.Recipe.ToJson());
        if (network.Keys.Label is { } classes)
            yield return ("classes", List(classes));
        foreach (var (place, dictionary) in network.Keys.Inputs.Index())
        {
            if (dictionary is not null)
                yield return (network.Input.Text is null ? "categories." + names[place + 1] : "vocabulary", List(dictionary));
        }

        static string List(KeyDictionary keys) => JsonSerializer.Serialize(keys.ToArray(), Readable);
    }
}
