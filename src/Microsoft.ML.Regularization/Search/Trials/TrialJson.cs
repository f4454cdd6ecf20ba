using System.Text.Json;
using Microsoft.ML.Regularization.Foundation;

namespace Microsoft.ML.Regularization.Search;

/// <summary>JSON in one line.</summary>
internal static class TrialJson
{
    private static readonly JsonSerializerOptions Options = new(StrictJson.Options) { WriteIndented = false };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);
}
