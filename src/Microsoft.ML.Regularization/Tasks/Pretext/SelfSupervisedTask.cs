using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Regularizers;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>
/// Pre-training, as the run sees it: rows have no labels, a <see cref="PretextTask"/> asks and measures. It makes no model, and so is none of <see cref="LearningTasks"/>.
/// </summary>
/// <param name="pretext">What is learned.</param>
internal sealed class SelfSupervisedTask(PretextTask pretext) : LearningTask("pre-training")
{
    /// <summary>The column of 0 that stands in the place of labels.</summary>
    public const string LabelName = "(no label)";

    /// <summary>What is learned.</summary>
    public PretextTask Pretext => pretext;

    // The pretext has its own.
    internal override IReadOnlyList<LossFunction> Losses { get; } = [LossFunction.Squared];

    internal override IReadOnlyList<ValidationMetric> Metrics { get; } = [ValidationMetric.Loss];

    internal override (ValidationMetric Metric, string Name) Headline => (ValidationMetric.Loss, "loss");

    internal override Capabilities Offers => Capabilities.None;

    internal override SchemaShape.Column LabelShape(string name) => LabelShapes.Number(name);

    internal override string ExpectedLabel(DataViewType found) => "Single";

    internal override LearningTarget? TargetOf(DataViewSchema.Column label) => new NoTarget();

    internal override SchemaShape.Column[] ScoreShape(SchemaShape.Column label) => [];

    internal override bool Fits(int outputs, TargetScale? scale) => false;

    internal override OutputLink CreateLink(TargetScale? scale) => throw NoModel();

    internal override ScoreColumns CreateScores(int outputs, OutputLink link) => throw NoModel();

    private static NotSupportedException NoModel() => new("Pre-training makes weights, and no model.");
}
