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
        var description = JsonSerializer.SerializeToUtf8Bytes(new Description(Inputs, Outputs, Architecture, Recipe, History), RecipeJson.Options);

        // *** Binary format ***
        // string id: SHA-256 of the description
        // string id: SHA-256 of the weights
        ctx.SaveNonEmptyString(Checksum(description));
        ctx.SaveNonEmptyString(Checksum(weights));
        ctx.SaveBinaryStream(DescriptionStream, writer => writer.Write(description));
        ctx.SaveBinaryStream(WeightStream, writer => writer.Write(weights));
    }

    /// <exception cref="FormatException">A stream is missing, cut short or altered.</exception>
    public static TrainedNetwork Load(IHost host, ModelLoadContext ctx)
    {
        var descriptionChecksum = ctx.LoadNonEmptyString();
        var weightChecksum = ctx.LoadNonEmptyString();
        var description = Parse(host, ReadStream(host, ctx, DescriptionStream, descriptionChecksum));
        var weights = ReadStream(host, ctx, WeightStream, weightChecksum);
        description.Architecture.Validate(host);
        description.Recipe.Validate(host);
        return new TrainedNetwork(
            host, description.Architecture, description.Recipe, description.History, description.Inputs, description.Outputs, Safetensors.Read(host, weights));
    }

    private static byte[] ReadStream(IHost host, ModelLoadContext ctx, string name, string checksum)
    {
        byte[]? content = null;
        if (!ctx.TryLoadBinaryStream(name, reader => content = ReadToEnd(reader)))
            throw host.ExceptDecode($"The model file lacks the stream '{name}' of a neural network.");
        if (Checksum(content!) != checksum)
            throw host.ExceptDecode($"The stream '{name}' of the model file was altered or cut short: its checksum does not match.");
        return content!;
    }

    private static Description Parse(IHost host, byte[] json)
    {
        try
        {
            return RecipeJson.Read<Description>(json);
        }
        catch (JsonException exception)
        {
            throw host.ExceptDecode(exception, $"The stream '{DescriptionStream}' of the model file is damaged, or was written by a newer version.");
        }
    }

    private static string Checksum(byte[] content) => Convert.ToHexString(SHA256.HashData(content));

    private static byte[] ReadToEnd(BinaryReader reader)
    {
        using var memory = new MemoryStream();
        reader.BaseStream.CopyTo(memory);
        return memory.ToArray();
    }

    private sealed record Description(
        int Inputs, int Outputs, NetworkArchitecture Architecture, RegularizationRecipe Recipe, TrainingHistory History);
}
