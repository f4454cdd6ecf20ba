namespace Microsoft.ML.Regularization;

/// <summary>How a network that was trained with <see cref="DropConnect"/> scores.</summary>
public enum DropConnectInference
{
    /// <summary>With the mean of each weight: as fast as without DropConnect.</summary>
    Mean,

    /// <summary>
    /// With the expectation of each hidden unit's output over the masks: its input u is treated as normal over the masks, with mean <c>W x + b</c> and
    /// variance <c>p / (1 - p) W^2 x^2</c> (Wan et al., 2013, section 4.2). The paper averages the activation of samples of u; here the integral is computed,
    /// which is the limit of that average and is deterministic. Takes about twice the time of <see cref="Mean"/> for ReLU and several times for other
    /// activations. In layer normalization the row's own variance is replaced by its expectation.
    /// </summary>
    MomentMatched,
}
