using Microsoft.ML.Regularization.Tasks;

namespace Microsoft.ML.Regularization.Explanations;

/// <summary>A predicted number, in the target's units. Beyond the bounds of the target it does not change.</summary>
internal sealed class NumberScore(int width, IReadOnlyList<double> shares, IReadOnlyList<TargetScale> scales) : ExplainedScore(width, shares)
{
    public override double Of(ReadOnlySpan<float> outputs, int explained)
    {
        var sum = 0.0;
        for (var network = 0; network < scales.Count; network++)
            sum += Shares[network] * scales[network].Predict(outputs[network * Width + explained]);
        return sum;
    }

    public override void Differentiate(ReadOnlySpan<float> outputs, int explained, Span<float> gradient)
    {
        gradient.Clear();
        for (var network = 0; network < scales.Count; network++)
        {
            var (scale, output) = (scales[network], outputs[network * Width + explained]);
            if (scale.Predict(output).Equals(scale.Restore(output)))
                gradient[network * Width + explained] = (float)(Shares[network] * scale.Deviation);
        }
    }
}
