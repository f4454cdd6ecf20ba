using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Microsoft.ML.Regularization.Foundation;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The list type of all options: <c>HiddenSizes = [256, 256]</c>. Immutable; two lists are equal when they hold equal items in the same order, so that
/// records with lists compare by value. Arrays convert to it; JSON writes it as an array.
/// </summary>
/// <typeparam name="T">What it holds. Options refuse null among their items when they are validated, and so does JSON.</typeparam>
[CollectionBuilder(typeof(ValueList), nameof(ValueList.Create))]
[JsonConverter(typeof(ValueListJsonConverter))]
public sealed class ValueList<T> : IReadOnlyList<T>, IEquatable<ValueList<T>>
    where T : notnull
{
    private readonly T[] _items;

    internal ValueList(T[] items) => _items = items;

    /// <summary>How many items there are.</summary>
    public int Count => _items.Length;

    /// <summary>One item.</summary>
    /// <param name="index">Which one, from 0 and below <see cref="Count"/>.</param>
    public T this[int index] => _items[index];

    /// <summary>The items of an array, as they are now: later changes of the array do not count.</summary>
    /// <param name="items">The items; null converts to null.</param>
    [return: NotNullIfNotNull(nameof(items))]
    public static implicit operator ValueList<T>?(T[]? items) => items is null ? null : ValueList.Create<T>(items);

    /// <summary>The items in the order in which they were given.</summary>
    public IEnumerator<T> GetEnumerator() => _items.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether both hold equal items in the same order.</summary>
    /// <param name="other">The list to compare with.</param>
    public bool Equals(ValueList<T>? other) => other is not null && _items.SequenceEqual(other._items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var item in _items)
            hash.Add(item);
        return hash.ToHashCode();
    }

    /// <summary>The items behind each other, with commas between them: <c>256, 256</c>.</summary>
    public override string ToString() =>
        string.Join(", ", _items.Select(item => item is IFormattable number ? number.ToString(null, CultureInfo.InvariantCulture) : item?.ToString()));

    internal ReadOnlySpan<T> AsSpan() => _items;
}

/// <summary>Makes lists that compare by value.</summary>
public static class ValueList
{
    /// <summary>Makes a list, as collection expressions do.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="items">The items.</param>
    public static ValueList<T> Create<T>(ReadOnlySpan<T> items)
        where T : notnull => new(items.ToArray());
}
