using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>Refuses columns that a trainer cannot read, judged by their shapes before there are rows.</summary>
internal static class ColumnsCheck
{
    public static void Check(IExceptionContext context, SchemaShape schema, NeuralNetworkOptions options, NetworkInputs takes)
    {
        var categories = options.CategoriesIn(schema);
        if (options.FeatureColumnName is null && categories.Count == 0)
        {
            throw context.ExceptUserArg(
                nameof(options.AllKeysAreCategories), "FeatureColumnName is null and AllKeysAreCategories is true, but the rows have no column of keys beside the label.");
        }

        if (options.FeatureColumnName is { } featureName)
            CheckFeatures(RequireFeatures(featureName));
        foreach (var name in categories)
        {
            var category = Require(name, "category");
            if (!category.IsKey || category.Kind == SchemaShape.Column.VectorKind.VariableVector)
                Refuse(category, "category", InputColumns.ExpectedCategory);
        }

        if (options.ExampleWeightColumnName is { } weightName)
        {
            var weight = Require(weightName, "weight");
            if (weight.Kind != SchemaShape.Column.VectorKind.Scalar || weight.ItemType != NumberDataViewType.Single)
                Refuse(weight, "weight", "Single");
        }

        if (options.SamplingKeyColumnName is { } groupName)
        {
            var group = Require(groupName, "sampling key");
            if (group.Kind != SchemaShape.Column.VectorKind.Scalar || !(group.IsKey || group.ItemType is TextDataViewType or NumberDataViewType))
                Refuse(group, "sampling key", "a key, String, an integer or a float");
        }

        void CheckFeatures(SchemaShape.Column features)
        {
            var isVector = features.Kind != SchemaShape.Column.VectorKind.Scalar;
            var isNumbers = features.Kind == SchemaShape.Column.VectorKind.Vector && features.ItemType == NumberDataViewType.Single && !features.IsKey;
            var isTokens = isVector && features.IsKey;
            var readsNumbers = (takes & ~NetworkInputs.Texts) != NetworkInputs.None;
            var readsTokens = takes.HasFlag(NetworkInputs.Texts);
            if (!(isNumbers && readsNumbers) && !(isTokens && readsTokens))
            {
                var expected = new[] { readsNumbers ? "Vector<Single>" : null, readsTokens ? "Vector<Key<UInt32>>" : null };
                Refuse(features, "feature", string.Join(" or ", expected.Where(type => type is not null)));
            }
        }

        // A named column that is missing is an error, rather than left out silently.
        SchemaShape.Column RequireFeatures(string name) =>
            schema.TryFindColumn(name, out var column) ? column
            : categories.Count == 0 ? throw context.ExceptSchemaMismatch(nameof(schema), "feature", name)
            : throw context.ExceptUserArg(
                nameof(options.FeatureColumnName),
                $"Could not find feature column '{name}'. To train on the columns of CategoricalColumnNames alone, set FeatureColumnName to null.");

        SchemaShape.Column Require(string name, string role) =>
            schema.TryFindColumn(name, out var column) ? column : throw context.ExceptSchemaMismatch(nameof(schema), role, name);

        void Refuse(SchemaShape.Column column, string role, string expected) =>
            throw context.ExceptSchemaMismatch(nameof(schema), role, column.Name, expected, column.GetTypeString());
    }
}
