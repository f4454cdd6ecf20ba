using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Regularizers;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Regression: a number. See <see cref="LearningTasks"/>.</summary>
internal sealed class RegressionTask() : LearningTask("regression")
{
    internal override IReadOnlyList<LossFunction> Losses { get; } = [LossFunction.Squared, LossFunction.Absolute, LossFunction.Huber()];

    internal override IReadOnlyList<ValidationMetric> Metrics { get; } =
        [ValidationMetric.Loss, ValidationMetric.RSquared, ValidationMetric.MeanAbsoluteError, ValidationMetric.RootMeanSquaredError];

    internal override (ValidationMetric Metric, string Name) Headline => (ValidationMetric.RSquared, "R-squared");

    internal override Capabilities Offers => Capabilities.None;

    internal override SchemaShape.Column LabelShape(string name) => LabelShapes.Number(name);

    internal override string ExpectedLabel(DataViewType found) => "Single";

    internal override LearningTarget? TargetOf(DataViewSchema.Column label) => label.Type == NumberDataViewType.Single ? new RegressionTarget() : null;

    internal override SchemaShape.Column[] ScoreShape(SchemaShape.Column label) =>
    [
        new SchemaShape.Column(
            DefaultColumnNames.Score, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, isKey: false,
            ScoreSchemas.OutputAnnotations()),
    ];

    internal override bool Fits(int outputs, TargetScale? scale) => outputs == 1 && scale is not null;

    internal override OutputLink CreateLink(TargetScale? scale) => new TargetScaleLink(scale!);

    internal override ScoreColumns CreateScores(int outputs, OutputLink link) => new NumberScores(link);
}
