using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization;

/// <summary>A model that scores with a trained network.</summary>
internal interface INetworkPredictor : ISchemaBindableMapper
{
    TrainedNetwork Network { get; }
}
