using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>A number: the network learns it in units of the training targets' standard deviation, from their mean.</summary>
internal sealed class RegressionTask : LearningTask
{
    public override int Outputs => 1;

    public override int TargetSize => 1;

    public override IReadOnlyList<string>? ClassNames => null;

    public override bool HasClasses => false;

    public override (ValidationMetric Metric, string Name) Headline => (ValidationMetric.RSquared, "R-squared");

    public static RegressionTask? Of(DataViewSchema.Column label) => label.Type == NumberDataViewType.Single ? new() : null;

    public override void CheckLabels(IExceptionContext context, IChannel channel, string labelColumnName, LabelSummary training, LabelSummary validation)
    {
        var (mean, deviation) = training.TargetScale;
        if (deviation > 0)
            return;

        throw context.Except(string.Create(
            CultureInfo.InvariantCulture,
            $"Column '{labelColumnName}': all {training.Count} training rows have the target {(float)mean}; a regression needs at least two different ones."));
    }

    public override string? WhyUndefined(ValidationMetric metric, LabelSummary validation) =>
        metric == ValidationMetric.RSquared && !(validation.TargetScale.Deviation > 0)
            ? "all validation rows have the same target"
            : null;

    public override TargetEncoding CreateEncoding(
        IExceptionContext context, string labelColumnName, LabelSummary training, ClassWeights? classWeights, TargetScale? previous) =>
        new TargetStandardization(previous ?? training.TargetScale);

    public override Objective CreateObjective(LossFunction? loss, RegularizationRecipe recipe) => loss switch
    {
        null or SquaredLoss => new SquaredObjective(),
        AbsoluteLoss => new AbsoluteObjective(),
        HuberLoss huber => new HuberObjective(huber),
        _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, message: null),
    };

    public override ValidationMeter CreateMeter(TargetEncoding encoding) => new RegressionMeter(encoding.Scale!);
}
