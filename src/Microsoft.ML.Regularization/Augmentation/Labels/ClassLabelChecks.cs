using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Checks of labels that must be classes, hard or soft: the target of a regression has none.</summary>
internal static class ClassLabelChecks
{
    private const string Expected = "Key<UInt32>, Boolean or Vector<Single> of known size";

    /// <returns>The shape of the label as shares of its classes.</returns>
    public static SchemaShape.Column RequireClasses(this IExceptionContext context, SchemaShape input, string name)
    {
        var label = context.Require(input, name, "label");
        var isTarget = label.Kind == SchemaShape.Column.VectorKind.Scalar && label.ItemType == NumberDataViewType.Single;
        return (isTarget ? null : MixableLabel.MixedShape(label)) ?? throw context.Mismatch("label", label, Expected);
    }

    public static (DataViewSchema.Column Column, MixableLabel Label) RequireClasses(this IExceptionContext context, DataViewSchema schema, string name)
    {
        var column = context.Require(schema, name, "label");
        return column.Type == NumberDataViewType.Single
            ? throw context.ExceptSchemaMismatch(nameof(schema), "label", name, Expected, column.Type.ToString())
            : (column, MixableLabel.Create(context, column));
    }
}
