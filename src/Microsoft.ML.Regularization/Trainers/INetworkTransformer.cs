namespace Microsoft.ML.Regularization.Trainers;

/// <summary>A transformer that scores by a network, which can be another one of the same columns and outputs.</summary>
internal interface INetworkTransformer
{
    ITransformer WithNetwork(TrainedNetwork network);
}
