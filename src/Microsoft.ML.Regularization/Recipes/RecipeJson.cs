using System.Text.Json;
using System.Text.Json.Serialization;

namespace Microsoft.ML.Regularization;

/// <summary>One JSON dialect for recipes, architectures, transforms and histories: readable, and strict about names it does not know.</summary>
internal static class RecipeJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowOutOfOrderMetadataProperties = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <exception cref="JsonException">The text is not JSON, or not of a <typeparamref name="T"/>: also where a member lacks its kind or is null.</exception>
    public static T Read<T>(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(utf8, Options) ?? throw new JsonException($"The JSON value null is not a {typeof(T).Name}.");
        }
        catch (NotSupportedException exception)
        {
            // A member of an abstract type without its kind.
            throw new JsonException(exception.Message, exception);
        }
    }
}
