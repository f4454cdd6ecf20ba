using System.Text.Json;
using System.Text.Json.Serialization;

namespace WebService;

/// <summary>JSON as the service reads and writes it: a missing number is "NaN".</summary>
internal static class ServiceJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };
}
