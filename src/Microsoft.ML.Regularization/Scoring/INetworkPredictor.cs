using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization;

/// <summary>A model that makes score columns of a network's outputs.</summary>
internal interface INetworkPredictor : INeuralNetwork, ISchemaBindableMapper
{
    /// <summary>The getter of a score column.</summary>
    /// <param name="prediction">The network's outputs.</param>
    /// <param name="column">The column's index among the score columns.</param>
    Delegate CreateGetter(INetworkOutputs prediction, int column);
}
