using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Microsoft.ML.Regularization.Foundation;

/// <summary>Writes a case of a closed union as its own properties behind its name, and reads it by that name, wherever the name stands.</summary>
/// <typeparam name="T">The union, or a base between it and its cases.</typeparam>
/// <param name="discriminator">The property that holds the name.</param>
internal sealed class UnionJsonConverter<T>(string discriminator) : JsonConverter<T>
    where T : class
{
    private readonly Dictionary<string, Type> _types = UnionCases.Of(typeof(T)).ToDictionary(named => named.Name, named => named.Type);

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException($"{typeof(T).Name} is a JSON object, not {reader.TokenType}.");
        var members = JsonSerializer.Deserialize<JsonObject>(ref reader, options)!;
        if (!members.Remove(discriminator, out var name))
            throw new JsonException($"{typeof(T).Name} lacks '{discriminator}', which is one of {Names}.");
        return name is JsonValue value && value.TryGetValue<string>(out var text) && _types.TryGetValue(text, out var type)
            ? (T)members.Deserialize(type, options)!
            : throw new JsonException($"'{discriminator}' of {typeof(T).Name} is one of {Names}, not {name?.ToJsonString() ?? "null"}.");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        var type = value.GetType();
        writer.WriteStartObject();
        writer.WriteString(discriminator, UnionCases.Of(type).Single().Name);
        foreach (var (name, member) in JsonSerializer.SerializeToNode(value, type, options)!.AsObject())
        {
            writer.WritePropertyName(name);
            if (member is null)
                writer.WriteNullValue();
            else
                member.WriteTo(writer, options);
        }

        writer.WriteEndObject();
    }

    private string Names => string.Join(", ", _types.Keys.Order(StringComparer.Ordinal));
}
