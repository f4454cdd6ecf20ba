using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// What training leaves: two streams in the model file, <c>network.json</c> (architecture, recipe, history) and
/// <c>weights.safetensors</c>, which Python can read out of the zip.
/// </summary>
internal sealed class TrainedNetwork
{
    private const string DescriptionStream = "network.json";
    private const string WeightStream = "weights.safetensors";

    public TrainedNetwork(
        IExceptionContext context,
        NetworkArchitecture architecture,
        RegularizationRecipe recipe,
        TrainingHistory history,
        int inputs,
        int outputs,
        NetworkWeights weights)
    {
        Architecture = architecture;
        Recipe = recipe;
        History = history;
        Inputs = inputs;
        Outputs = outputs;
        Weights = weights;
        Scorer = architecture switch
        {
            MlpArchitecture mlp => new MlpScorer(context, mlp, inputs, outputs, weights),
            _ => throw new ArgumentOutOfRangeException(nameof(architecture), architecture, message: null),
        };
    }

    public NetworkArchitecture Architecture { get; }

    public RegularizationRecipe Recipe { get; }

    public TrainingHistory History { get; }

    public int Inputs { get; }

    public int Outputs { get; }

    public NetworkWeights Weights { get; }

    public INetworkScorer Scorer { get; }

    public void Save(ModelSaveContext ctx)
    {
        var weights = Safetensors.Write(Weights);
        var description = new Description(Inputs, Outputs, Architecture, Recipe, History, Checksum(weights));
        ctx.SaveTextStream(DescriptionStream, writer => writer.Write(JsonSerializer.Serialize(description, RecipeJson.Options)));
        ctx.SaveBinaryStream(WeightStream, writer => writer.Write(weights));
    }

    /// <exception cref="FormatException">A stream is missing, cut short or altered.</exception>
    public static TrainedNetwork Load(IHost host, ModelLoadContext ctx)
    {
        string? json = null;
        byte[]? weights = null;
        if (!ctx.TryLoadTextStream(DescriptionStream, reader => json = reader.ReadToEnd())
            || !ctx.TryLoadBinaryStream(WeightStream, reader => weights = ReadToEnd(reader)))
        {
            throw host.ExceptDecode($"The model file lacks the stream '{(json is null ? DescriptionStream : WeightStream)}' of a neural network.");
        }

        var description = Parse(host, json!);
        if (Checksum(weights!) != description.WeightsSha256)
            throw host.ExceptDecode($"The stream '{WeightStream}' of the model file was altered or cut short: its checksum does not match.");

        description.Architecture.Validate(host);
        description.Recipe.Validate(host);
        return new TrainedNetwork(
            host, description.Architecture, description.Recipe, description.History, description.Inputs, description.Outputs, Safetensors.Read(host, weights));
    }

    private static Description Parse(IHost host, string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Description>(json, RecipeJson.Options) ?? throw new JsonException("The stream is the JSON value null.");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            throw host.ExceptDecode(exception, $"The stream '{DescriptionStream}' of the model file is damaged, or was written by a newer version.");
        }
    }

    private static string Checksum(byte[] weights) => Convert.ToHexString(SHA256.HashData(weights));

    private static byte[] ReadToEnd(BinaryReader reader)
    {
        using var memory = new MemoryStream();
        reader.BaseStream.CopyTo(memory);
        return memory.ToArray();
    }

    private sealed record Description(
        int Inputs, int Outputs, NetworkArchitecture Architecture, RegularizationRecipe Recipe, TrainingHistory History, string WeightsSha256);
}
