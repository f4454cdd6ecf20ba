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

    // Names that outputs have.
    private static readonly string[] Reserved = [FeaturesName, TokensName, DefaultColumnNames.Score, DefaultColumnNames.Probability, DefaultColumnNames.PredictedLabel];

    /// <summary>
    /// Writes the network alone, without the transforms before it, as an ONNX model of operators of version 12 or older: missing numbers filled in, scaling,
    /// embeddings, layers, calibration and the mean over members are in it. Its scores are those of the model within rounding.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Inputs, each with any number of rows first: <c>Features</c>, 32-bit floats (rows, width of the feature column), of images and sequences too; for texts
    /// <c>Tokens</c> instead, 64-bit integers (rows, maximum length of the architecture): from 2 for the first word of the vocabulary, 1 for words it lacks, 0
    /// behind the end of the text; a text without words is a single 1. And for each column of categories, by its name (with <c>_</c> behind it where an input or
    /// output has that name), 64-bit integers (rows, keys): keys from 1, 0 for missing ones.
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
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="NotSupportedException">
    /// The network is a custom one, scores by <see cref="DropConnectInference.MomentMatched"/>, or has more weights than the 2 GB that such a file holds; the message
    /// names what is in the way. Nothing is written.
    /// </exception>
    public static void SaveOnnx(this TrainedNetwork network, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(stream);
        var file = new OnnxFile();
        var rows = AddInputs(file, network.Input);
        foreach (var (value, column) in new ScoreForm(file, network).Of(NetworkForm.Of(file, network, rows), rows.Numbers))
            file.Output(value, column);
        file.Save(stream, (typeof(TrainedNetwork).Assembly.GetName().Name!, TrainingRecord.ThisVersion), Describe(network));
    }

    private static GraphRows AddInputs(OnnxFile file, InputLayout input)
    {
        if (input.Text is { } text)
            return new GraphRows(file.Input(TokensName, OnnxType.Int64, text.MaxLength), "");
        var numbers = input.Numbers == 0 ? "" : file.Input(FeaturesName, OnnxType.Single, input.Numbers);
        var keys = input.Categories.Select(category => file.Input(NameOf(category), OnnxType.Int64, category.Slots)).ToList();
        return new GraphRows(numbers, keys.Count == 0 ? "" : file.Concat(1, keys));
    }

    private static string NameOf(CategoryInput category)
    {
        var name = category.ColumnName;
        while (Reserved.Contains(name))
            name += "_";
        return name;
    }

    private static IEnumerable<(string Key, string Value)> Describe(TrainedNetwork network)
    {
        yield return ("task", network.Task.Name);
        yield return ("architecture", network.Architecture.ToString());
        yield return ("recipe", network.Recipe.ToJson());
        if (network.Keys.Label is { } classes)
            yield return ("classes", List(classes));
        foreach (var (place, dictionary) in network.Keys.Inputs.Index())
        {
            if (dictionary is not null)
                yield return (network.Input.Text is null ? "categories." + NameOf(network.Input.Categories[place]) : "vocabulary", List(dictionary));
        }

        static string List(KeyDictionary keys) => JsonSerializer.Serialize(keys.ToArray(), Readable);
    }
}
