using Microsoft.ML.Regularization.Tasks;

namespace Microsoft.ML.Regularization.Scoring;

/// <summary>The predictions of the networks that a model is the mean of, with probabilities calibrated as those of the mean are.</summary>
internal sealed class NetworkMemberPredictions(TrainedNetwork model) : MemberPredictions
{
    private readonly OutputLink[] _links = [.. model.Members.Select(member => EnsembleParts.LinkOf(model, member))];

    public override IReadOnlyList<double> Shares => model.Shares;

    public override void Predict(ReadOnlySpan<float> row, Span<float> predictions)
    {
        foreach (var (i, link) in _links.Index())
        {
            var prediction = predictions.Slice(i * model.Outputs, model.Outputs);
            EnsembleScorer.Score(model.Members[i], row, count: 1, prediction);
            link.Apply(prediction);
        }
    }
}
