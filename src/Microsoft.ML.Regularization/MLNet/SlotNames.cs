using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>How messages name the slots of a vector: by their names, where they have some.</summary>
internal static class SlotNames
{
    private const int MostListed = 5;

    /// <summary>For each slot its name, empty where it has none; null where no slot has one.</summary>
    public static string[]? Read(DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType { Size: > 0 } type || !column.HasSlotNames(type.Size))
            return null;

        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        string[] read = [.. names.DenseValues().Select(name => name.ToString())];
        return Array.Exists(read, name => name.Length > 0) ? read : null;
    }

    /// <summary>Whether a column of so many slots names them.</summary>
    public static bool AreIn(DataViewSchema.Column column, int slots) => column.HasSlotNames(slots);

    public static string Of(DataViewSchema.Column column, int slot) => Of(Read(column), slot);

    /// <summary>The first ones of some slots, and how many more there are.</summary>
    public static string List(DataViewSchema.Column column, IReadOnlyCollection<int> slots)
    {
        var names = Read(column);
        return Shorten([.. slots.Take(MostListed).Select(slot => Of(names, slot))], slots.Count);
    }

    /// <summary>The first ones of some names, quoted, and how many more there are.</summary>
    public static string List(IReadOnlyCollection<string> names) => Shorten([.. names.Take(MostListed).Select(name => $"'{name}'")], names.Count);

    private static string Of(string[]? names, int slot) =>
        names is not null && names[slot].Length > 0 ? $"'{names[slot]}'" : "slot " + slot.ToString(CultureInfo.InvariantCulture);

    private static string Shorten(string[] first, int count)
    {
        var some = string.Join(", ", first);
        return count > first.Length ? string.Create(CultureInfo.InvariantCulture, $"{some} and {count - first.Length} more") : some;
    }
}
