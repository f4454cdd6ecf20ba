using Microsoft.ML;
using Microsoft.ML.Data;

namespace TabularLeague;

/// <summary>A row as trainers get it: one vector of prepared features, or numbers with gaps beside up to eight columns of texts.</summary>
internal sealed class LeagueRow
{
    /// <summary>The columns of categories that a row can have.</summary>
    public static IReadOnlyList<string> CategoryColumns { get; } = [.. Enumerable.Range(0, 8).Select(column => $"Category{column}")];

    public bool Flag { get; set; }

    public float Number { get; set; }

    /// <summary>From 0: the view makes keys of it, which start at 1.</summary>
    public uint Class { get; set; }

    public float[] Features { get; set; } = [];

    public string Category0 { get; set; } = "";

    public string Category1 { get; set; } = "";

    public string Category2 { get; set; } = "";

    public string Category3 { get; set; } = "";

    public string Category4 { get; set; } = "";

    public string Category5 { get; set; } = "";

    public string Category6 { get; set; } = "";

    public string Category7 { get; set; } = "";

    /// <summary>The rows of a split, with the label under the name Label.</summary>
    /// <param name="ml">Makes the view.</param>
    /// <param name="rows">All rows of the table.</param>
    /// <param name="chosen">Indices of rows.</param>
    /// <param name="prepared">Makes the features; null for the columns as they are read.</param>
    public static IDataView View(MLContext ml, TableRows rows, int[] chosen, PreparedFeatures? prepared)
    {
        var schema = SchemaDefinition.Create(typeof(LeagueRow));
        schema[nameof(Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, prepared?.Size ?? rows.Numbers[0].Length);
        schema[nameof(Class)].ColumnType = new KeyDataViewType(typeof(uint), Math.Max(rows.Classes, 1));
        // No trainer may see the label twice.
        var label = rows.Classes switch { 0 => nameof(Number), 2 => nameof(Flag), _ => nameof(Class) };
        schema.RemoveAll(column => column.MemberName is nameof(Number) or nameof(Flag) or nameof(Class) && column.MemberName != label);
        schema[label].ColumnName = "Label";
        return ml.Data.LoadFromEnumerable(chosen.Select(row => Of(rows, row, prepared)).ToList(), schema);
    }

    private static LeagueRow Of(TableRows rows, int row, PreparedFeatures? prepared)
    {
        var categories = prepared is null ? rows.Categories[row] : [];
        return new LeagueRow
        {
            Flag = rows.Labels[row] != 0,
            Number = rows.Labels[row],
            Class = rows.Classes == 0 ? 0 : (uint)rows.Labels[row],
            Features = prepared?.Of(rows.Numbers[row], rows.Categories[row]) ?? rows.Numbers[row],
            Category0 = categories.ElementAtOrDefault(0) ?? "",
            Category1 = categories.ElementAtOrDefault(1) ?? "",
            Category2 = categories.ElementAtOrDefault(2) ?? "",
            Category3 = categories.ElementAtOrDefault(3) ?? "",
            Category4 = categories.ElementAtOrDefault(4) ?? "",
            Category5 = categories.ElementAtOrDefault(5) ?? "",
            Category6 = categories.ElementAtOrDefault(6) ?? "",
            Category7 = categories.ElementAtOrDefault(7) ?? "",
        };
    }
}
