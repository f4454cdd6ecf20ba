namespace Microsoft.ML.Regularization.Trainers;

/// <summary>Finds the columns that options read as categories.</summary>
internal static class CategoryColumns
{
    /// <summary>The columns of categories among those of rows.</summary>
    public static IReadOnlyList<string> CategoriesIn(this NeuralNetworkOptions options, SchemaShape rows) => !options.AllKeysAreCategories
        ? options.CategoricalColumnNames
        : [.. options.CategoricalColumnNames.Union(rows.Where(column => IsCategory(options, column)).Select(column => column.Name))];

    private static bool IsCategory(NeuralNetworkOptions options, SchemaShape.Column column) =>
        column.IsKey && column.Kind != SchemaShape.Column.VectorKind.VariableVector
        && column.Name != options.LabelColumnName && column.Name != options.FeatureColumnName && column.Name != options.ExampleWeightColumnName
        && column.Name != options.SamplingKeyColumnName;
}
