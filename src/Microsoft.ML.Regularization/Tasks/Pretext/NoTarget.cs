using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>What stands for labels where there are none: see <see cref="SelfSupervisedTask"/>.</summary>
internal sealed class NoTarget : LearningTarget
{
    public override int Outputs => 1;

    public override int TargetSize => 1;

    public override void CheckLabels(IExceptionContext context, IChannel channel, string labelColumnName, LabelSummary training, LabelSummary validation)
    {
    }

    public override TargetEncoding CreateEncoding(
        IExceptionContext context, string labelColumnName, LabelSummary training, ClassWeights? classWeights, TargetScale? previous) => new AsItIs();

    public override ValidationMeter CreateMeter(TargetEncoding encoding) => throw new NotSupportedException("A pretext measures itself.");

    private sealed class AsItIs : TargetEncoding
    {
        public override void Apply(Span<float> targets, double labelSmoothing)
        {
        }
    }
}
