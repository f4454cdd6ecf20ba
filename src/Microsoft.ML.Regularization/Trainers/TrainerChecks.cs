using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Refuses columns that a trainer cannot read, as far as their shapes tell before there are rows.</summary>
internal static class TrainerChecks
{
    public static void CheckColumns(IExceptionContext context, SchemaShape schema, NeuralNetworkOptions options)
    {
        var takes = options.Architecture.Takes;
        var features = Require(options.FeatureColumnName, "feature");
        var isVector = features.Kind != SchemaShape.Column.VectorKind.Scalar;
        var isNumbers = features.Kind == SchemaShape.Column.VectorKind.Vector && features.ItemType == NumberDataViewType.Single && !features.IsKey;
        var isTokens = isVector && features.IsKey && features.ItemType == NumberDataViewType.UInt32;
        var readsNumbers = (takes & ~NetworkInputs.Texts) != NetworkInputs.None;
        var readsTokens = takes.HasFlag(NetworkInputs.Texts);
        if (!(isNumbers && readsNumbers) && !(isTokens && readsTokens))
        {
            var expected = new[] { readsNumbers ? "Vector<Single>" : null, readsTokens ? "Vector<Key<UInt32>>" : null };
            Refuse(features, "feature", string.Join(" or ", expected.Where(type => type is not null)));
        }

        foreach (var name in options.CategoricalColumnNames)
        {
            var category = Require(name, "category");
            if (!category.IsKey || category.ItemType != NumberDataViewType.UInt32 || category.Kind == SchemaShape.Column.VectorKind.VariableVector)
                Refuse(category, "category", "Key<UInt32> or Vector<Key<UInt32>>");
        }

        if (options.ExampleWeightColumnName is { } weightName)
        {
            var weight = Require(weightName, "weight");
            if (weight.Kind != SchemaShape.Column.VectorKind.Scalar || weight.ItemType != NumberDataViewType.Single)
                Refuse(weight, "weight", "Single");
        }

        SchemaShape.Column Require(string name, string role) =>
            schema.TryFindColumn(name, out var column) ? column : throw context.ExceptSchemaMismatch(nameof(schema), role, name);

        void Refuse(SchemaShape.Column column, string role, string expected) =>
            throw context.ExceptSchemaMismatch(nameof(schema), role, column.Name, expected, column.GetTypeString());
    }
}
