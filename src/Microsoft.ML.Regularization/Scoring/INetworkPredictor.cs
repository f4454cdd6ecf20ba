namespace Microsoft.ML.Regularization.Scoring;

/// <summary>A model that scores with a trained network.</summary>
internal interface INetworkPredictor
{
    TrainedNetwork Network { get; }
}
