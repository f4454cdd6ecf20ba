using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Inputs;

/// <summary>
/// The values that the keys of a column stand for, in the order of the keys. Values are compared as they are written, numbers in the invariant culture, so
/// that an integer column and a float column of the same numbers agree. Kept as UTF-8, a byte that UTF-8 does not have behind each value: dictionaries are
/// mostly compared as a whole, which takes milliseconds for a million values, and seldom taken apart.
/// </summary>
internal sealed class KeyDictionary : IEquatable<KeyDictionary>
{
    private const byte End = 0xFF;

    // A column is bound several times: by a view, by what looks ahead in it, by a scorer.
    private static readonly ConditionalWeakTable<DataViewSchema.Annotations, StrongBox<KeyDictionary?>> Known = [];

    private KeyDictionary(int count, byte[] utf8) => (Count, Utf8) = (count, utf8);

    public int Count { get; }

    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>
    /// The values of a column of keys, or of a soft label's slots; null if the column does not list them or the list has gaps, as for hashes.
    /// </summary>
    public static KeyDictionary? Of(DataViewSchema.Column column)
    {
        var annotations = column.Annotations;
        if (column.Type.ItemType() is KeyDataViewType key)
        {
            return annotations.Schema.GetColumnOrNull(AnnotationUtils.Kinds.KeyValues) is { Type: VectorDataViewType type } && (ulong)type.Size == key.Count
                ? Known.GetValue(annotations, _ => new StrongBox<KeyDictionary?>(Read(annotations, AnnotationUtils.Kinds.KeyValues, type))).Value
                : null;
        }

        return column.Type is VectorDataViewType { Size: var size } && SlotNames.AreIn(column, size)
            ? Read(annotations, AnnotationUtils.Kinds.SlotNames, new VectorDataViewType(TextDataViewType.Instance, size))
            : null;
    }

    public static KeyDictionary Of(IReadOnlyCollection<string> values)
    {
        using var utf8 = new MemoryStream();
        foreach (var value in values)
        {
            utf8.Write(Encoding.UTF8.GetBytes(value));
            utf8.WriteByte(End);
        }

        return new KeyDictionary(values.Count, utf8.ToArray());
    }

    /// <exception cref="FormatException">The bytes hold another number of values.</exception>
    public static KeyDictionary Read(IExceptionContext context, int count, byte[] utf8)
    {
        var found = utf8.AsSpan().Count(End);
        return found == count && (count == 0 ? utf8.Length == 0 : utf8[^1] == End)
            ? new KeyDictionary(count, utf8)
            : throw context.ExceptDecode($"What keys stand for is damaged: {found} values instead of {count}.");
    }

    /// <summary>The values, taken apart.</summary>
    public string[] ToArray()
    {
        var values = new string[Count];
        var rest = Utf8.Span;
        for (var i = 0; i < values.Length; i++)
        {
            var end = rest.IndexOf(End);
            values[i] = Encoding.UTF8.GetString(rest[..end]);
            rest = rest[(end + 1)..];
        }

        return values;
    }

    public bool Equals(KeyDictionary? other) =>
        other is not null && Count == other.Count && (ReferenceEquals(this, other) || Utf8.Span.SequenceEqual(other.Utf8.Span));

    public override bool Equals(object? obj) => Equals(obj as KeyDictionary);

    public override int GetHashCode() => HashCode.Combine(Count, Utf8.Length);

    // Values are of whatever type the keys were made from.
    private static KeyDictionary? Read(DataViewSchema.Annotations annotations, string kind, VectorDataViewType type) =>
        (KeyDictionary?)typeof(KeyDictionary).GetMethod(nameof(ReadValues), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type.ItemType.RawType).Invoke(null, [annotations, kind]);

    private static KeyDictionary? ReadValues<T>(DataViewSchema.Annotations annotations, string kind)
    {
        VBuffer<T> values = default;
        annotations.GetValue(kind, ref values);
        var count = values.Length;
        if (typeof(T) == typeof(ReadOnlyMemory<char>) && !values.IsDense)
            return null;

        using var utf8 = new MemoryStream();
        Span<byte> small = stackalloc byte[256];
        foreach (var value in values.DenseValues())
        {
            if (value is ReadOnlyMemory<char> text)
            {
                if (text.IsEmpty)
                    return null;
                var bytes = text.Length <= small.Length / 3 ? small : new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
                utf8.Write(bytes[..Encoding.UTF8.GetBytes(text.Span, bytes)]);
            }
            else
            {
                utf8.Write(Encoding.UTF8.GetBytes(ClassAnnotations.TextOf(value)));
            }

            utf8.WriteByte(End);
        }

        return new KeyDictionary(count, utf8.ToArray());
    }
}
