using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Tasks;

namespace Microsoft.ML.Regularization.Explanations;

/// <summary>The log-odds of true, calibrated.</summary>
internal sealed class OddsScore(IReadOnlyList<double> shares, LearnedCalibration calibration) : ExplainedScore(width: 1, shares)
{
    private readonly CalibratedLink _link = new(calibration, new SigmoidLink());
    private readonly ProbabilityMean _mean = new(width: 1, shares);

    public override double Of(ReadOnlySpan<float> outputs, int explained) => _link.Calibrated(MeanOf(outputs));

    public override void Differentiate(ReadOnlySpan<float> outputs, int explained, Span<float> gradient)
    {
        // Of s = log(p / (1 - p)) with p = (1 - u) q + u / 2 and q = sigmoid(z).
        var logit = MeanOf(outputs) / calibration.Temperature + (calibration.Offsets?[0] ?? 0);
        var (share, odds, against) = (calibration.UniformShare, 1 / (1 + Math.Exp(-logit)), 1 / (1 + Math.Exp(logit)));
        var slope = share == 0 ? 1 : (1 - share) * odds * against / (((1 - share) * odds + share / 2) * ((1 - share) * against + share / 2));
        Span<float> given = [(float)(slope / calibration.Temperature)];
        if (Shares.Count == 1)
            given.CopyTo(gradient);
        else
            MeanGradient.Of(outputs, Shares, areLogits: true, given, gradient);
    }

    private float MeanOf(ReadOnlySpan<float> outputs)
    {
        if (Shares.Count == 1)
            return outputs[0];
        Span<float> mean = stackalloc float[1];
        _mean.Compute(outputs, count: 1, mean);
        return mean[0];
    }
}
