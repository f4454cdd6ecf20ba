
namespace Microsoft.ML.Regularization.Explanations;

/// <summary>The score that is explained, of the outputs of the networks whose mean a model predicts, and its derivative by them. Safe to use from many threads.</summary>
/// <param name="width">Outputs of each network.</param>
/// <param name="shares">How much each network counts; they sum to 1.</param>
internal abstract class ExplainedScore(int width, IReadOnlyList<double> shares)
{
    protected IReadOnlyList<double> Shares => shares;

    /// <summary>Outputs of each network.</summary>
    public int Width => width;

    /// <summary>Scores that may be explained: one for each class, or a single one.</summary>
    public int Count => Math.Max(1, width);

    /// <summary>That of a model.</summary>
    public static ExplainedScore Of(TrainedNetwork network)
    {
        IReadOnlyList<TrainedNetwork> networks = network.IsEnsemble ? network.Members : [network];
        IReadOnlyList<double> shares = network.IsEnsemble ? network.Shares : [1];
        if (networks[0].Outcome.TargetScale is not null)
            return new NumberScore(network.Outputs, shares, [.. networks.Select(one => one.Outcome.TargetScale!)]);
        var calibration = network.History.Calibration ?? new LearnedCalibration(Temperature: 1, UniformShare: 0, Rows: 1);
        return network.Outputs == 1 ? new OddsScore(shares, calibration) : new ClassScore(network.Outputs, shares, calibration);
    }

    /// <param name="outputs">(networks, outputs) of a row.</param>
    /// <param name="explained">Which of the scores.</param>
    public abstract double Of(ReadOnlySpan<float> outputs, int explained);

    /// <param name="outputs">(networks, outputs) of a row.</param>
    /// <param name="explained">Which of the scores.</param>
    /// <param name="gradient">Receives (networks, outputs).</param>
    public abstract void Differentiate(ReadOnlySpan<float> outputs, int explained, Span<float> gradient);

    /// <summary>Which of the scores of a row to explain: that of the most probable class.</summary>
    public virtual int Choose(ReadOnlySpan<float> outputs) => 0;
}
