namespace Microsoft.ML.Regularization.Tasks;

/// <summary>From a network's raw outputs to what its task predicts.</summary>
internal abstract class OutputLink
{
    /// <param name="outputs">One row's outputs; become its prediction.</param>
    public abstract void Apply(Span<float> outputs);
}
