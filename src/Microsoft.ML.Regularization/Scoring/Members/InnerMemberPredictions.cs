using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Scoring;

/// <summary>The predictions of the members inside a network: see <see cref="TabMArchitecture"/>.</summary>
internal sealed class InnerMemberPredictions(TrainedNetwork network) : MemberPredictions
{
    private readonly INetworkScorer _scorer = network.Architecture.CreateMemberScorer(network.Parts);

    public override IReadOnlyList<double> Shares { get; } = EnsembleParts.Alike(network.Architecture.MemberCount);

    public override void Predict(ReadOnlySpan<float> row, Span<float> predictions)
    {
        _scorer.Score(row, predictions);
        for (var start = 0; start < predictions.Length; start += network.Outputs)
            network.Link.Apply(predictions.Slice(start, network.Outputs));
    }
}
