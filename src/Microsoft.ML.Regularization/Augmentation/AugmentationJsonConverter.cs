using System.Text.Json;
using System.Text.Json.Serialization;

namespace Microsoft.ML.Regularization;

/// <summary>Reads and writes an augmentation of any kind; kinds are told by the list at <see cref="TrainingOnlyOptions"/>.</summary>
internal sealed class AugmentationJsonConverter : JsonConverter<AugmentationOptions>
{
    public override AugmentationOptions Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var read = JsonSerializer.Deserialize<TrainingOnlyOptions>(ref reader, options);
        return read as AugmentationOptions ?? throw new JsonException($"{read?.Name ?? "null"} is not an augmentation.");
    }

    public override void Write(Utf8JsonWriter writer, AugmentationOptions value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize<TrainingOnlyOptions>(writer, value, options);
}
