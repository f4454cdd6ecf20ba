namespace Microsoft.ML.Regularization;

/// <summary>The units in which a network learns a regression's target.</summary>
/// <param name="Mean">The target that is 0 to the network.</param>
/// <param name="Deviation">The difference of targets that is 1 to the network.</param>
internal sealed record TargetScale(double Mean, double Deviation)
{
    /// <summary>Mean and standard deviation of the rows' targets, by their example weights.</summary>
    public static TargetScale Of(RowTable table)
    {
        var target = new float[1];
        var (sum, weights) = (0.0, 0.0);
        for (var row = 0; row < table.Count; row++)
        {
            table.CopyTarget(row, target);
            sum += (double)table.Weight(row) * target[0];
            weights += table.Weight(row);
        }

        var mean = sum / weights;
        var squares = 0.0;
        for (var row = 0; row < table.Count; row++)
        {
            table.CopyTarget(row, target);
            squares += table.Weight(row) * (target[0] - mean) * (target[0] - mean);
        }

        return new TargetScale(mean, Math.Sqrt(squares / weights));
    }

    public double Restore(double output) => output * Deviation + Mean;
}
