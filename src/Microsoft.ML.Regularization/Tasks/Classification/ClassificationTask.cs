using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Regularizers;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>The base of the classification tasks: losses of probabilities, and labels that may be soft.</summary>
internal abstract class ClassificationTask(string name) : LearningTask(name)
{
    internal override IReadOnlyList<LossFunction> Losses { get; } = [LossFunction.CrossEntropy, LossFunction.Focal()];

    internal override IReadOnlyList<ValidationMetric> Metrics { get; } = 
        [ValidationMetric.Loss, ValidationMetric.Accuracy, ValidationMetric.MacroAccuracy, ValidationMetric.CalibratedLoss];

    internal override (ValidationMetric Metric, string Name) Headline => (ValidationMetric.Accuracy, "accuracy");

    internal override Capabilities Offers => Capabilities.Classes;

    internal override bool Takes(SchemaShape.Column label) => base.Takes(label) || IsSoft(label);

    internal override bool IsSoft(DataViewType label) => label is VectorDataViewType;

    internal override PredictionMean CreateMean(int outputs, IReadOnlyList<TargetScale?> scales, IReadOnlyList<double> shares) =>
        new ProbabilityMean(outputs, shares);

    private protected static bool IsSoft(SchemaShape.Column label) =>
        label.Kind == SchemaShape.Column.VectorKind.Vector && label.ItemType == NumberDataViewType.Single && !label.IsKey;
}
