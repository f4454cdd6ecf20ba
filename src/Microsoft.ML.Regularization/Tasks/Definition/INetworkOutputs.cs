namespace Microsoft.ML.Regularization.Tasks;

/// <summary>A network's outputs for the current row of a cursor. For one thread.</summary>
internal interface INetworkOutputs
{
    /// <summary>The raw outputs.</summary>
    ReadOnlySpan<float> Outputs { get; }
}
