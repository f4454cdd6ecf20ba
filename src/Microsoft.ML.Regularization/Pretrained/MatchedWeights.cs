namespace Microsoft.ML.Regularization.Pretrained;

/// <summary>Published weights as those of a network.</summary>
/// <param name="Weights">All but those of its last layer.</param>
/// <param name="Report">What became of each tensor.</param>
internal sealed record MatchedWeights(NetworkWeights Weights, PretrainedReport Report);
