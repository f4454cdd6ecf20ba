using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Binary classification: true or false. See <see cref="LearningTasks"/>.</summary>
internal sealed class BinaryClassificationTask() : ClassificationTask("binary classification")
{
    internal override IReadOnlyList<ValidationMetric> Metrics => [.. base.Metrics, ValidationMetric.AreaUnderRocCurve];

    internal override SchemaShape.Column LabelShape(string name) => LabelShapes.Boolean(name);

    internal override string ExpectedLabel(DataViewType found) => "Boolean or Vector<Single, 2>";

    internal override LearningTarget? TargetOf(DataViewSchema.Column label) => label.Type switch
    {
        BooleanDataViewType => new BinaryTarget(),
        VectorDataViewType { Size: 2 } soft when soft.ItemType == NumberDataViewType.Single => new BinaryTarget(),
        _ => null,
    };

    internal override (DataViewType Type, DataViewSchema.Annotations? Annotations) ScoredLabel(DataViewSchema.Column label, string[]? classes) =>
        IsSoft(label.Type) ? (BooleanDataViewType.Instance, null) : (label.Type, label.Annotations);

    internal override SchemaShape.Column[] ScoreShape(SchemaShape.Column label) =>
    [
        new SchemaShape.Column(
            DefaultColumnNames.Score, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, isKey: false,
            ScoreSchemas.OutputAnnotations()),
        new SchemaShape.Column(
            DefaultColumnNames.Probability, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, isKey: false,
            ScoreSchemas.OutputAnnotations(isProbability: true)),
        new SchemaShape.Column(
            DefaultColumnNames.PredictedLabel, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, isKey: false,
            ScoreSchemas.OutputAnnotations()),
    ];

    internal override bool Fits(int outputs, TargetScale? scale) => outputs == 1 && scale is null;

    internal override OutputLink CreateLink(TargetScale? scale) => new SigmoidLink();

    internal override ScoreColumns CreateScores(int outputs, OutputLink link) => new BinaryScores(link);
}
