using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Tabular;

/// <summary>The same features, dense, with the same names and marks of slots.</summary>
internal sealed class DenseView
{
    public DenseView(MLContext ml, IDataView view)
    {
        var features = view.Schema["Features"];
        var definition = SchemaDefinition.Create(typeof(Row));
        definition["Features"].ColumnType = features.Type;
        VBuffer<ReadOnlyMemory<char>> names = default;
        features.GetSlotNames(ref names);
        definition["Features"].AddAnnotation("SlotNames", names, features.Annotations.Schema["SlotNames"].Type);
        VBuffer<int> ranges = default;
        features.Annotations.GetValue("CategoricalSlotRanges", ref ranges);
        definition["Features"].AddAnnotation(
            "CategoricalSlotRanges", ranges, features.Annotations.Schema["CategoricalSlotRanges"].Type);
        View = ml.Data.LoadFromEnumerable(Person.ReadFeatures(view).Select(row => new Row { Features = row }).ToList(), definition);
    }

    public IDataView View { get; }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];
    }
}
