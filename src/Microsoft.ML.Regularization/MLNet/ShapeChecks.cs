using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>Checks of the columns before a transform, in ML.NET's manner: the error names the column, its type and what was expected.</summary>
internal static class ShapeChecks
{
    public static SchemaShape.Column Require(this IExceptionContext context, SchemaShape input, string name, string role) =>
        input.TryFindColumn(name, out var column) ? column : throw context.ExceptSchemaMismatch(nameof(input), role, name);

    public static DataViewSchema.Column Require(this IExceptionContext context, DataViewSchema schema, string name, string role) =>
        schema.GetColumnOrNull(name) ?? throw context.ExceptSchemaMismatch(nameof(schema), role, name);

    /// <summary>A column of float vectors of one size, which features and pixels are.</summary>
    public static void RequireFeatures(this IExceptionContext context, SchemaShape input, string name, string role)
    {
        var column = context.Require(input, name, role);
        if (column.Kind != SchemaShape.Column.VectorKind.Vector || column.ItemType != NumberDataViewType.Single || column.IsKey)
            throw context.Mismatch(role, column, "Vector<Single> of known size");
    }

    public static (DataViewSchema.Column Column, VectorDataViewType Type) RequireFeatures(
        this IExceptionContext context, DataViewSchema schema, string name, string role)
    {
        var column = context.Require(schema, name, role);
        return column.Type is VectorDataViewType { IsKnownSize: true } vector && vector.ItemType == NumberDataViewType.Single
            ? (column, vector)
            : throw context.ExceptSchemaMismatch(nameof(schema), role, name, "Vector<Single> of known size", column.Type.ToString());
    }

    /// <summary>A column of example weights.</summary>
    public static void RequireWeights(this IExceptionContext context, SchemaShape input, string name)
    {
        var column = context.Require(input, name, "weight");
        if (column.Kind != SchemaShape.Column.VectorKind.Scalar || column.ItemType != NumberDataViewType.Single || column.IsKey)
            throw context.Mismatch("weight", column, "Single");
    }

    public static Exception Mismatch(this IExceptionContext context, string role, SchemaShape.Column column, string expected) =>
        context.ExceptSchemaMismatch("input", role, column.Name, expected, column.GetTypeString());
}
