using System.Globalization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Labels that are numbers: the network learns them in units of the training targets' standard deviation, from their mean.</summary>
internal sealed class RegressionTarget : LearningTarget
{
    public override int Outputs => 1;

    public override int TargetSize => 1;

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

    public override ValidationMeter CreateMeter(TargetEncoding encoding) => new RegressionMeter(encoding.Scale!);
}
