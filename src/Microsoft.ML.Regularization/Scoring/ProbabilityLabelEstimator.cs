using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Estimator of <see cref="ProbabilityLabelTransformer"/>: nothing is learned, and fitting reads no rows.</summary>
public sealed class ProbabilityLabelEstimator : ColumnMappingEstimator<ProbabilityLabelTransformer>
{
    internal ProbabilityLabelEstimator(IHostEnvironment env, float threshold, string labelColumnName, string scoreColumnName, string probabilityColumnName)
        : base(env, nameof(ProbabilityLabelEstimator), new ProbabilityLabelTransformer(env, threshold, labelColumnName, scoreColumnName, probabilityColumnName))
    {
    }

    private protected override IEnumerable<SchemaShape.Column> OutputShapes(
        IExceptionContext context, SchemaShape input, IReadOnlyList<(string Output, string Input)> columns)
    {
        var probability = context.Require(input, columns[0].Input, "probability");
        if (probability.Kind != SchemaShape.Column.VectorKind.Scalar || probability.ItemType != NumberDataViewType.Single)
            throw context.Mismatch("probability", probability, "Single");
        return [Shape(columns[0].Output, BooleanDataViewType.Instance), Shape(columns[1].Output, NumberDataViewType.Single)];

        SchemaShape.Column Shape(string name, DataViewType type)
        {
            var annotations = input.TryFindColumn(name, out var replaced) && replaced.ItemType == type ? replaced.Annotations : null;
            return new SchemaShape.Column(name, SchemaShape.Column.VectorKind.Scalar, type, isKey: false, annotations);
        }
    }
}
