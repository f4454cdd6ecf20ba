namespace Microsoft.ML.Regularization;

/// <summary>Targets of a regression in units of their standard deviation, from their mean.</summary>
internal sealed class TargetStandardization(TargetScale scale) : TargetEncoding
{
    public override TargetScale? Scale => scale;

    public override void Apply(Span<float> targets, double labelSmoothing)
    {
        foreach (ref var target in targets)
            target = (float)((target - scale.Mean) / scale.Deviation);
    }
}
