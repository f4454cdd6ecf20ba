using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Estimator of <see cref="SubwordTokenizingTransformer"/>: there is nothing to learn, and fitting reads no row.</summary>
public sealed class SubwordTokenizingEstimator : ColumnMappingEstimator<SubwordTokenizingTransformer>
{
    internal SubwordTokenizingEstimator(IHostEnvironment env, SubwordTokenizationOptions options)
        : base(env, nameof(SubwordTokenizingEstimator), new SubwordTokenizingTransformer(env, options))
    {
    }

    private protected override IEnumerable<SchemaShape.Column> OutputShapes(
        IExceptionContext context, SchemaShape input, IReadOnlyList<(string Output, string Input)> columns)
    {
        var text = context.Require(input, columns[0].Input, "text");
        if (text.Kind != SchemaShape.Column.VectorKind.Scalar || text.ItemType != TextDataViewType.Instance)
            throw context.Mismatch("text", text, "String");

        var keyValues = new SchemaShape.Column(AnnotationUtils.Kinds.KeyValues, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, isKey: false);
        yield return new SchemaShape.Column(
            columns[0].Output, SchemaShape.Column.VectorKind.VariableVector, NumberDataViewType.UInt32, isKey: true, new SchemaShape([keyValues]));
    }
}
