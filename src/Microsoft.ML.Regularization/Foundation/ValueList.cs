using System.Collections;

namespace Microsoft.ML.Regularization;

/// <summary>An immutable list that compares by value, for options records.</summary>
/// <typeparam name="T">What it holds.</typeparam>
public abstract class ValueList<T> : IReadOnlyList<T>, IEquatable<ValueList<T>>
{
    private protected ValueList(T[] items) => Items = items;

    /// <summary>How many there are.</summary>
    public int Count => Items.Length;

    /// <summary>One of them.</summary>
    /// <param name="index">From 0.</param>
    public T this[int index] => Items[index];

    private protected T[] Items { get; }

    /// <summary>In the order in which they were given.</summary>
    public IEnumerator<T> GetEnumerator() => Items.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether both are of one kind and hold equal items in the same order.</summary>
    /// <param name="other">The list to compare with.</param>
    public bool Equals(ValueList<T>? other) => other is not null && other.GetType() == GetType() && Items.SequenceEqual(other.Items);

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    /// <inheritdoc/>
    public sealed override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var item in Items)
            hash.Add(item);
        return hash.ToHashCode();
    }
}
