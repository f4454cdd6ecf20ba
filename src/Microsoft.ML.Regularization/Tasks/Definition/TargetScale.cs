namespace Microsoft.ML.Regularization.Tasks;

/// <summary>The units in which a network learns a regression's target.</summary>
/// <param name="Mean">The target that is 0 to the network.</param>
/// <param name="Deviation">The difference of targets that is 1 to the network.</param>
internal sealed record TargetScale(double Mean, double Deviation)
{
    /// <summary>The least target of the training rows, below which nothing is predicted; null for no bound.</summary>
    public double? Least { get; init; }

    /// <summary>The greatest one; null for no bound.</summary>
    public double? Greatest { get; init; }

    public double Restore(double output) => output * Deviation + Mean;

    /// <summary>The prediction: the target, within the bounds.</summary>
    public double Predict(double output) => Math.Min(Math.Max(Restore(output), Least ?? double.NegativeInfinity), Greatest ?? double.PositiveInfinity);

    /// <summary>The scale with bounds that hold these targets too. A scale that an earlier run learned without bounds stays without.</summary>
    public TargetScale Bounded(double least, double greatest, bool isNew) => !isNew && Least is null
        ? this
        : this with { Least = Math.Min(Least ?? least, least), Greatest = Math.Max(Greatest ?? greatest, greatest) };
}
