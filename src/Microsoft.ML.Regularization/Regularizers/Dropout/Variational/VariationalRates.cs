namespace Microsoft.ML.Regularization;

/// <summary>Which weights share a noise rate in <see cref="VariationalDropout"/>.</summary>
public enum VariationalRates
{
    /// <summary>
    /// Each weight has its own: sparse variational dropout (Molchanov, Ashukha and Vetrov, 2017). Learned as the logarithm of the noise's variance
    /// <c>alpha w^2</c>, their additive parametrization. Twice the parameters.
    /// </summary>
    Weight,

    /// <summary>The weights from one input or hidden unit share a rate; pruning removes whole inputs.</summary>
    Neuron,

    /// <summary>All weights of a layer share a rate; a layer is pruned as a whole or not at all.</summary>
    Layer,
}
