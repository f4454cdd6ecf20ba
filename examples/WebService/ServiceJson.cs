using System.Text.Json;
using System.Text.Json.Serialization;

namespace WebService;

/// <summary>JSON as the service reads and writes it: a missing number is "NaN", and what has no place in a credit is refused by name.</summary>
internal static class ServiceJson
{
    public static JsonSerializerOptions Options { get; } = Strict(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Strict(JsonSerializerOptions options)
    {
        options.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        return options;
    }
}
