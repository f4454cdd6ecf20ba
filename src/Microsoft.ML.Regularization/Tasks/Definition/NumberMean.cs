namespace Microsoft.ML.Regularization.Tasks;

/// <summary>The mean of predicted numbers, each in the units of its own network before.</summary>
/// <param name="width">Outputs of each network.</param>
/// <param name="scales">The units of each network's target.</param>
/// <param name="shares">How much each network counts; they sum to 1.</param>
internal sealed class NumberMean(int width, IReadOnlyList<TargetScale> scales, IReadOnlyList<double> shares) : PredictionMean
{
    public override void Compute(ReadOnlySpan<float> outputs, int count, Span<float> mean)
    {
        var size = count * width;
        for (var i = 0; i < size; i++)
        {
            var sum = 0.0;
            for (var network = 0; network < scales.Count; network++)
                sum += shares[network] * scales[network].Predict(outputs[network * size + i]);
            mean[i] = (float)sum;
        }
    }
}
