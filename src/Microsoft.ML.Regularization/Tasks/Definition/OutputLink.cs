namespace Microsoft.ML.Regularization.Tasks;

/// <summary>From a network's raw outputs to what its task predicts.</summary>
internal abstract class OutputLink
{
    /// <param name="outputs">One row's outputs; become its prediction.</param>
    public abstract void Apply(Span<float> outputs);

    /// <summary>The output of a network with one as its score: the output itself or, where probabilities are calibrated, the logit of the calibrated one.</summary>
    /// <param name="output">The raw output.</param>
    public virtual float Calibrated(float output) => output;
}
