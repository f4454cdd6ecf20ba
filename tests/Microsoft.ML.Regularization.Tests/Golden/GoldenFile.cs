using System.Text.Json;

namespace Microsoft.ML.Regularization.Tests.Golden;

/// <summary>Values that PyTorch computed; each file's <c>meta.rule</c> states the formulas.</summary>
internal static class GoldenFile
{
    public static JsonElement Read(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", name)));
        return document.RootElement.Clone();
    }

    /// <summary>All numbers of nested arrays, the innermost running fastest.</summary>
    public static double[] Numbers(this JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? [.. element.EnumerateArray().SelectMany(Numbers)]
        : [element.GetDouble()];

    public static float[] Floats(this JsonElement element) => [.. element.Numbers().Select(number => (float)number)];
}
