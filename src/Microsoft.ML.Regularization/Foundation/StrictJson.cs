using System.Text.Json;
using System.Text.Json.Serialization;

namespace Microsoft.ML.Regularization.Foundation;

/// <summary>The one JSON dialect of recipes, architectures, transforms, histories and checkpoints: readable, and strict about names it does not know.</summary>
internal static class StrictJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
    };

    /// <exception cref="JsonException">
    /// The text is not JSON, or not of a <typeparamref name="T"/>: also where a member lacks its kind, or is null, or has null among its items.
    /// </exception>
    public static T Read<T>(ReadOnlySpan<byte> utf8)
    {
        try
        {
            RefuseNullItems(utf8);
            return JsonSerializer.Deserialize<T>(utf8, Options) ?? throw new JsonException($"The JSON value null is not a {typeof(T).Name}.");
        }
        catch (Exception exception) when (exception is NotSupportedException or ArgumentException or InvalidOperationException
            || (exception is JsonException && exception.GetType() != typeof(JsonException)))
        {
            // A member of an abstract type without its kind, a value that a constructor refuses, or what a reader says in a type of its own.
            throw new JsonException(exception.Message, exception);
        }
    }

    // The serializer looks at members only.
    private static void RefuseNullItems(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        var lists = new Stack<bool>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray or JsonTokenType.StartObject:
                    lists.Push(reader.TokenType == JsonTokenType.StartArray);
                    break;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    lists.Pop();
                    break;
                case JsonTokenType.Null when lists.TryPeek(out var isList) && isList:
                    throw new JsonException($"There is null in the list that ends behind byte {reader.TokenStartIndex}.");
                default:
                    break;
            }
        }
    }
}
