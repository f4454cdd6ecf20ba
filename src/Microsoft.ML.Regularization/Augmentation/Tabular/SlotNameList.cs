using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Names of slots of a vector column: <c>SlotNames = ["Age", "Income"]</c>. Each is a slot's whole name, or the part before a dot, which names all slots
/// that <c>Concatenate</c> took from one column: <c>Job</c> stands for <c>Job.clerk</c> and <c>Job.manager</c>. Immutable; compares by value.
/// </summary>
[CollectionBuilder(typeof(SlotNameList), nameof(Create))]
[JsonConverter(typeof(JsonArrayConverter))]
public sealed class SlotNameList : IReadOnlyList<string>, IEquatable<SlotNameList>
{
    private readonly string[] _names;

    private SlotNameList(string[] names) => _names = names;

    /// <summary>How many there are.</summary>
    public int Count => _names.Length;

    /// <summary>One of them.</summary>
    /// <param name="index">From 0.</param>
    public string this[int index] => _names[index];

    /// <summary>Makes a list, as collection expressions do.</summary>
    /// <param name="names">The names; case matters, their order does not.</param>
    public static SlotNameList Create(ReadOnlySpan<string> names) => new(names.ToArray());

    /// <summary>In the order in which they were given.</summary>
    public IEnumerator<string> GetEnumerator() => _names.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether both hold equal names in the same order.</summary>
    /// <param name="other">The list to compare with.</param>
    public bool Equals(SlotNameList? other) => other is not null && _names.SequenceEqual(other._names);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SlotNameList);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var name in _names)
            hash.Add(name);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", _names);

    internal void Validate(IExceptionContext context, string option)
    {
        if (_names.Length == 0)
            throw context.ExceptUserArg(option, $"{option} must name a slot at least, but it is empty: null stands for all slots.");
        if (Array.Exists(_names, string.IsNullOrWhiteSpace))
            throw context.ExceptUserArg(option, $"{option} must hold names of slots, but one of them is blank.");
    }

    private sealed class JsonArrayConverter : JsonConverter<SlotNameList>
    {
        public override SlotNameList Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonSerializer.Deserialize<string[]>(ref reader, options)!);

        public override void Write(Utf8JsonWriter writer, SlotNameList value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value._names, options);
    }
}
