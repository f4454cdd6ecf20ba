using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Estimator of <see cref="SubwordTokenizingTransformer"/>: there is nothing to learn, and fitting reads no row.</summary>
public sealed class SubwordTokenizingEstimator : TrivialEstimator<SubwordTokenizingTransformer>
{
    internal SubwordTokenizingEstimator(IHostEnvironment env, SubwordTokenizationOptions options)
        : base(Contracts.CheckRef(env, nameof(env)).Register(nameof(SubwordTokenizingEstimator)), new SubwordTokenizingTransformer(env, options))
    {
    }

    /// <summary>The columns with that of the tokens.</summary>
    /// <param name="inputSchema">The columns before this estimator.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column of texts is missing or of another type.</exception>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        var (output, input) = Transformer.ColumnPairs[0];
        var text = Host.Require(inputSchema, input, "text");
        if (text.Kind != SchemaShape.Column.VectorKind.Scalar || text.ItemType != TextDataViewType.Instance)
            throw Host.Mismatch("text", text, "String");

        var columns = inputSchema.ToDictionary(column => column.Name);
        var keyValues = new SchemaShape.Column(AnnotationUtils.Kinds.KeyValues, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance, isKey: false);
        columns[output] = new SchemaShape.Column(
            output, SchemaShape.Column.VectorKind.VariableVector, NumberDataViewType.UInt32, isKey: true, new SchemaShape([keyValues]));
        return new SchemaShape(columns.Values);
    }
}
