using System.Text.Json;
using System.Text.Json.Serialization;

namespace Microsoft.ML.Regularization;

/// <summary>Reads and writes a list as a JSON array.</summary>
internal abstract class ValueListJsonConverter<TList, TItem>(Func<TItem[], TList> create) : JsonConverter<TList>
    where TList : ValueList<TItem>
{
    public override TList Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        create(JsonSerializer.Deserialize<TItem[]>(ref reader, options)!);

    public override void Write(Utf8JsonWriter writer, TList value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize<TItem[]>(writer, [.. value], options);
}
