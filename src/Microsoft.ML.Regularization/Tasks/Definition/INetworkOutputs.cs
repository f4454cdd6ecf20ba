namespace Microsoft.ML.Regularization.Tasks;

/// <summary>The network's outputs for the row that a cursor stands on. For one thread.</summary>
internal interface INetworkOutputs
{
    /// <summary>The raw outputs.</summary>
    ReadOnlySpan<float> Outputs { get; }
}
