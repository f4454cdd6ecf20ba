using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Pretrained;

/// <summary>What pre-training learned about its rows besides the weights: a fit that starts from these reads the same columns, on the same scales.</summary>
/// <param name="Architecture">The network of the fit.</param>
/// <param name="Input">The layout of the columns.</param>
/// <param name="Scales">The scales of their numbers, and what is filled in for missing ones.</param>
internal sealed record PretrainingOrigin(NetworkArchitecture Architecture, InputLayout Input, LearnedScales Scales)
{
    private const string DescriptionName = "pretraining";
    private const string KeysName = "keys";

    /// <summary>The names of the numbers; null where the column had none.</summary>
    public ValueList<string>? SlotNames { get; init; }

    /// <summary>The values that keys stand for.</summary>
    [JsonIgnore]
    public NetworkKeys Keys { get; init; } = NetworkKeys.Counted(new InputLayout());

    /// <summary>What the network's first layer reads.</summary>
    [JsonIgnore]
    public InputLayout Filled => Input.Filled(Scales.Imputation, Scales.Flags);

    [JsonIgnore]
    public InputScaling Scaling => Scales.Input?.Scaling ?? InputScaling.None;

    /// <summary>As the texts of a safetensors file.</summary>
    public JsonObject ToTexts() => new()
    {
        [DescriptionName] = JsonSerializer.Serialize(this, StrictJson.Options), [KeysName] = Convert.ToBase64String(Keys.ToBytes()),
    };

    /// <summary>What the texts of a safetensors file tell; null where they tell of no pre-training.</summary>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    public static PretrainingOrigin? Of(JsonObject? texts)
    {
        if (texts?[DescriptionName] is not JsonValue description)
            return null;
        try
        {
            var origin = StrictJson.Read<PretrainingOrigin>(System.Text.Encoding.UTF8.GetBytes(description.GetValue<string>()));
            IExceptionContext context = null!;
            origin = origin with { Keys = NetworkKeys.Read(context, Convert.FromBase64String(texts[KeysName]?.GetValue<string>() ?? "")) };
            Check(context, origin);
            return origin;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or FormatException or InvalidOperationException)
        {
            throw new InvalidDataException($"what it says of its pre-training is damaged: {exception.Message}", exception);
        }
    }

    private static void Check(IExceptionContext context, PretrainingOrigin origin)
    {
        origin.Architecture.Validate(context);
        InputLayoutCheck.Check(context, origin.Input, origin.Architecture);
        origin.Scales.Imputation?.CheckSize(context, origin.Input);
        origin.Scales.Imputation?.Check(context, origin.Input);
        var (numbers, scaler, flags) = (origin.Filled.Numbers, origin.Scales.Input, origin.Scales.Flags);
        for (var i = 0; i < flags.Count; i++)
            context.CheckBetween(flags[i], $"{nameof(origin.Scales.Flags)}[{i}]", i == 0 ? 0 : flags[i - 1] + 1, numbers - 1);
        if (!origin.Keys.Fit(origin.Input, outputs: 0) || (origin.SlotNames is { } names && names.Count != origin.Input.Numbers))
            throw context.ExceptDecode("its names do not fit its columns");
        if (scaler is null)
            return;
        context.CheckDefined(scaler.Scaling, nameof(scaler.Scaling));
        var knots = scaler.Quantiles is { } table ? (long)table.Knots * numbers : 0;
        if (scaler.Center.Length != numbers || scaler.Factor.Length != numbers || !Array.TrueForAll(scaler.Center, float.IsFinite) || !Array.TrueForAll(scaler.Factor, float.IsFinite)
            || (scaler.Scaling == InputScaling.NormalQuantiles) != knots > 0 || (scaler.Quantiles?.Values.Length ?? 0) != knots || (scaler.Quantiles?.Scores.Length ?? 0) != knots)
        {
            throw context.ExceptDecode("its scales do not fit its columns");
        }
    }
}
