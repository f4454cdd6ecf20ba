using System.Globalization;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.MLNet;

namespace Microsoft.ML.Regularization.Explanations;

/// <summary>The columns that a row's numbers and categories belong to: all slots that were made of a column count as that one.</summary>
/// <param name="Names">Of the columns, those of numbers first.</param>
/// <param name="Places">For each number and category of a row, as it is read, its column.</param>
internal sealed record ExplainedColumns(string[] Names, int[] Places)
{
    /// <summary>
    /// Those of a network's input. A slot that is called like a column, or like a column and what stands behind a full stop, as one-hot codes are, belongs to that
    /// column.
    /// </summary>
    /// <param name="schema">The columns of the rows.</param>
    /// <param name="features">The column of numbers; null where there are only categories.</param>
    /// <param name="input">The layout of the columns' values.</param>
    public static ExplainedColumns Of(DataViewSchema schema, DataViewSchema.Column? features, InputLayout input)
    {
        var slots = features is { } column ? SlotNames.Read(column) : null;
        var names = Enumerable.Range(0, input.Numbers)
            .Select(slot => slots is not null && slots[slot].Length > 0 ? OwnerOf(slots[slot], schema) : string.Create(CultureInfo.InvariantCulture, $"{features!.Value.Name}[{slot}]"))
            .Concat(input.Categories.SelectMany(category => Enumerable.Repeat(category.ColumnName, category.Slots)))
            .ToList();
        var places = names.Distinct().Index().ToDictionary(name => name.Item, name => name.Index);
        return new ExplainedColumns([.. places.OrderBy(name => name.Value).Select(name => name.Key)], [.. names.Select(name => places[name])]);
    }

    /// <summary>Whether a file holds columns of such an input.</summary>
    public bool Fit(InputLayout input) =>
        Places.Length == input.Numbers + input.Categories.Sum(category => category.Slots) && Array.TrueForAll(Places, place => place >= 0 && place < Names.Length);

    /// <summary>The column of each float of a row whose missing numbers are filled in: an indicator belongs to the number that it tells of.</summary>
    /// <param name="imputation">What fills them in; null for nothing.</param>
    /// <param name="input">The layout of the columns' values.</param>
    public int[] OfFilled(Imputation? imputation, InputLayout input) => imputation is null
        ? Places
        : [.. Places[..input.Numbers], .. imputation.Indicated.Select(number => Places[number]), .. Places[input.Numbers..]];

    private static string OwnerOf(string slot, DataViewSchema schema)
    {
        for (var end = slot.Length; end > 0; end = slot.LastIndexOf('.', end - 1))
        {
            if (schema.GetColumnOrNull(slot[..end]) is not null)
                return slot[..end];
        }

        return slot;
    }
}
