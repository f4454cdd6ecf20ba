using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Benchmarks.Faults;

/// <summary>A row of a table: numbers, and one more column, which says nothing unless a fault is planted in it.</summary>
internal sealed class FaultRow
{
    public float[] Numbers { get; set; } = [];

    public float Extra { get; set; }

    /// <summary>The number of the class, from 0, or the number that is predicted.</summary>
    [NoColumn]
    public float Target { get; set; }

    public float Number => Target;

    public bool Mark => Target == 1;

    /// <summary>From 0: the view makes keys of it, which start at 1.</summary>
    public uint Class => (uint)Target;

    public FaultRow Copy() => new() { Numbers = Numbers, Extra = Extra, Target = Target };

    /// <summary>Rows as a view with the label under the name Label.</summary>
    /// <param name="ml">Makes the view.</param>
    /// <param name="rows">At least one.</param>
    /// <param name="classes">How many classes there are; 0 for numbers.</param>
    public static IDataView View(MLContext ml, IReadOnlyList<FaultRow> rows, int classes)
    {
        var schema = SchemaDefinition.Create(typeof(FaultRow), SchemaDefinition.Direction.Read);
        schema[nameof(Numbers)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows[0].Numbers.Length);
        schema[nameof(Class)].ColumnType = new KeyDataViewType(typeof(uint), Math.Max(classes, 1));
        var label = classes switch { 0 => nameof(Number), 2 => nameof(Mark), _ => nameof(Class) };
        schema.RemoveAll(column => column.MemberName is nameof(Number) or nameof(Mark) or nameof(Class) && column.MemberName != label);
        schema[label].ColumnName = "Label";
        return ml.Data.LoadFromEnumerable(rows, schema);
    }
}
