
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

    /// <summary>That of some of a model's networks.</summary>
    /// <param name="model">The model.</param>
    /// <param name="networks">Which of its networks; 0 for the only one.</param>
    /// <param name="shares">How much each of them counts; they sum to 1.</param>
    public static ExplainedScore Of(TrainedNetwork model, int[] networks, IReadOnlyList<double> shares)
    {
        TrainedNetwork[] chosen = Array.ConvertAll(networks, network => model.IsEnsemble ? model.Members[network] : model);
        if (chosen[0].Outcome.TargetScale is not null)
            return new NumberScore(model.Outputs, shares, Array.ConvertAll(chosen, network => network.Outcome.TargetScale!));
        var calibration = model.History.Calibration ?? new LearnedCalibration(Temperature: 1, UniformShare: 0, Rows: 1);
        return model.Outputs == 1 ? new OddsScore(shares, calibration) : new ClassScore(model.Outputs, shares, calibration);
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
