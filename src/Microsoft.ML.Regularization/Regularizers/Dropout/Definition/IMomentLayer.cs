namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>A linear layer that can say what its outputs are on average over its noise, and how far they spread.</summary>
internal interface IMomentLayer
{
    /// <summary>Whether what follows is to be computed from <see cref="Moments"/>.</summary>
    bool MatchesMoments { get; }

    /// <summary>Mean and variance of the outputs. Outputs of one row are independent.</summary>
    (Tensor Mean, Tensor Variance) Moments(Tensor input);
}
