using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// What training leaves: two streams in the model file, <c>network.json</c> (inputs, architecture, scales, recipe, history) and
/// <c>weights.safetensors</c>, which Python can read out of the zip.
/// </summary>
internal sealed class TrainedNetwork : IDisposable
{
    private const string DescriptionStream = "network.json";
    private const string WeightStream = "weights.safetensors";

    public TrainedNetwork(
        IExceptionContext context, NetworkArchitecture architecture, RegularizationRecipe recipe, InputLayout input, int outputs, TrainingOutcome outcome)
    {
        Architecture = architecture;
        Recipe = recipe;
        Input = input;
        Outputs = outputs;
        Outcome = outcome;
        Kind = outcome.TargetScale is not null ? LearningTaskKind.Regression : outputs == 1 ? LearningTaskKind.Binary : LearningTaskKind.Multiclass;
        Activation = new OutputActivation(Kind, outcome.TargetScale);
        Scorer = architecture switch
        {
            MlpArchitecture mlp => BehindInput(width => new MlpScorer(context, mlp, width, outputs, outcome.Weights, recipe.Dropout)),
            ResidualMlpArchitecture residual => BehindInput(width => new ResidualMlpScorer(context, residual, recipe, width, outputs, outcome.Weights)),
            _ => new TorchScorer(new RestoredNetwork(context, this)),
        };

        INetworkScorer BehindInput(Func<int, INetworkScorer> create)
        {
            var scorer = create(EmbeddingSize.WidthOf(input));
            if (input.Categories.Count > 0)
                scorer = new EmbeddedScorer(context, input, outcome.Weights, scorer);
            return outcome.InputScaler is { } scaler ? new ScaledScorer(scaler, scorer) : scorer;
        }
    }

    public NetworkArchitecture Architecture { get; }

    public RegularizationRecipe Recipe { get; }

    /// <summary>What the network reads.</summary>
    public InputLayout Input { get; }

    public int Outputs { get; }

    /// <summary>Weights, history and scales.</summary>
    public TrainingOutcome Outcome { get; }

    /// <summary>What the network learned to predict.</summary>
    public LearningTaskKind Kind { get; }

    public INetworkScorer Scorer { get; }

    /// <summary>Makes predictions of what the scorer gives.</summary>
    public OutputActivation Activation { get; }

    public void Dispose() => (Scorer as IDisposable)?.Dispose();

    public void Save(ModelSaveContext ctx)
    {
        var weights = Safetensors.Write(Outcome.Weights);
        var scaling = Outcome.InputScaler?.Scaling ?? InputScaling.None;
        var description = JsonSerializer.SerializeToUtf8Bytes(
            new Description(Outputs, Architecture, scaling, Recipe, Outcome.History) { Input = Input, TargetScale = Outcome.TargetScale }, RecipeJson.Options);

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
        var weights = Safetensors.Read(host, ReadStream(host, ctx, WeightStream, weightChecksum));
        description.Architecture.Validate(host);
        description.Recipe.Validate(host);
        description.Architecture.CheckRecipe(host, description.Recipe);
        var scaler = ReadScaler(host, description, weights);
        return new TrainedNetwork(
            host, description.Architecture, description.Recipe, description.Layout, description.Outputs,
            new TrainingOutcome(weights, description.History, scaler, description.TargetScale));
    }

    private static InputScaler? ReadScaler(IHost host, Description description, NetworkWeights weights)
    {
        if (description.InputScaling == InputScaling.None)
            return null;

        return new InputScaler(description.InputScaling, Read(InputScaler.CenterName), Read(InputScaler.FactorName));

        float[] Read(string name) => weights.Read(host, name, description.Layout.Numbers);
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
            var description = RecipeJson.Read<Description>(json);
            _ = description.Layout;
            return description;
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
        int Outputs,
        NetworkArchitecture Architecture,
        InputScaling InputScaling,
        RegularizationRecipe Recipe,
        TrainingHistory History)
    {
        /// <summary>What the network reads; null in older files.</summary>
        public InputLayout? Input { get; init; }

        /// <summary>The number of features, which was all there was to say in older files.</summary>
        public int? Inputs { get; init; }

        [JsonIgnore]
        public InputLayout Layout => Input ?? Inputs ?? throw new JsonException("There is nothing that the network reads.");

        /// <summary>Null for classes.</summary>
        public TargetScale? TargetScale { get; init; }
    }
}
