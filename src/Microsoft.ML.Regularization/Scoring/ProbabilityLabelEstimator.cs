using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Estimator of <see cref="ProbabilityLabelTransformer"/>: there is nothing to learn, and fitting reads no row.</summary>
public sealed class ProbabilityLabelEstimator : TrivialEstimator<ProbabilityLabelTransformer>
{
    internal ProbabilityLabelEstimator(IHostEnvironment env, float threshold, string labelColumnName, string scoreColumnName, string probabilityColumnName)
        : base(
            Contracts.CheckRef(env, nameof(env)).Register(nameof(ProbabilityLabelEstimator)),
            new ProbabilityLabelTransformer(env, threshold, labelColumnName, scoreColumnName, probabilityColumnName))
    {
    }

    /// <summary>The columns with those of label and score.</summary>
    /// <param name="inputSchema">The columns before this estimator.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column of probabilities is missing or of another type.</exception>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        var (label, input) = Transformer.ColumnPairs[0];
        var probability = Host.Require(inputSchema, input, "probability");
        if (probability.Kind != SchemaShape.Column.VectorKind.Scalar || probability.ItemType != NumberDataViewType.Single)
            throw Host.Mismatch("probability", probability, "Single");

        var columns = inputSchema.ToDictionary(column => column.Name);
        Replace(label, BooleanDataViewType.Instance);
        Replace(Transformer.ColumnPairs[1].outputColumnName, NumberDataViewType.Single);
        return new SchemaShape(columns.Values);

        void Replace(string name, DataViewType type)
        {
            var annotations = columns.TryGetValue(name, out var replaced) && replaced.ItemType == type ? replaced.Annotations : null;
            columns[name] = new SchemaShape.Column(name, SchemaShape.Column.VectorKind.Scalar, type, isKey: false, annotations);
        }
    }
}
