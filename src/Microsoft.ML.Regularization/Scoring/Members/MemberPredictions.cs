namespace Microsoft.ML.Regularization.Scoring;

/// <summary>What each member of a model predicts for a row. Safe to use from many threads.</summary>
internal abstract class MemberPredictions
{
    /// <summary>How much each member counts; they sum to 1.</summary>
    public abstract IReadOnlyList<double> Shares { get; }

    /// <summary>Those of a network: the networks that it is the mean of, or the members inside it; null where it has none.</summary>
    public static MemberPredictions? Of(TrainedNetwork network) =>
        network.IsEnsemble ? new NetworkMemberPredictions(network)
        : network.Architecture.MemberCount > 1 ? new InnerMemberPredictions(network)
        : null;

    /// <param name="row">The row, as the model reads it.</param>
    /// <param name="predictions">Receives (members, outputs).</param>
    public abstract void Predict(ReadOnlySpan<float> row, Span<float> predictions);

    /// <summary>The standard deviation of the members' predictions, each with its share: the root of the sum of share * (prediction - mean)^2.</summary>
    /// <param name="row">The row, as the model reads it.</param>
    /// <param name="deviation">Receives one value for each output.</param>
    public void Deviate(ReadOnlySpan<float> row, Span<float> deviation)
    {
        var (members, outputs) = (Shares.Count, deviation.Length);
        var predictions = new float[members * outputs];
        Predict(row, predictions);
        for (var i = 0; i < outputs; i++)
        {
            var (mean, variance) = (0.0, 0.0);
            for (var member = 0; member < members; member++)
                mean += Shares[member] * predictions[member * outputs + i];
            for (var member = 0; member < members; member++)
            {
                var difference = predictions[member * outputs + i] - mean;
                variance += Shares[member] * difference * difference;
            }

            deviation[i] = (float)Math.Sqrt(variance);
        }
    }
}
