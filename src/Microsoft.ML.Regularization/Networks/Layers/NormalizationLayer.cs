using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>A layer that normalizes rows (batch, units).</summary>
internal abstract class NormalizationLayer(string name) : nn.Module<Tensor, Tensor>(name)
{
    /// <summary>The same in managed code.</summary>
    public abstract RowPass CreatePass();

    /// <summary>Mean and variance of the outputs at scoring, for inputs that are random and independent of one another.</summary>
    public abstract (Tensor Mean, Tensor Variance) Moments(Tensor mean, Tensor variance);
}
