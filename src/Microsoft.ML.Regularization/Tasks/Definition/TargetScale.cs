namespace Microsoft.ML.Regularization.Tasks;

/// <summary>The units in which a network learns a regression's target.</summary>
/// <param name="Mean">The target that is 0 to the network.</param>
/// <param name="Deviation">The difference of targets that is 1 to the network.</param>
internal sealed record TargetScale(double Mean, double Deviation)
{
    public double Restore(double output) => output * Deviation + Mean;
}
