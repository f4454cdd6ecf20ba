namespace Microsoft.ML.Regularization;

/// <summary>Whether training keeps its rows in memory.</summary>
public enum DataCaching
{
    /// <summary>
    /// <see cref="Memory"/> while the rows fit into half of the memory that the process may use, else <see cref="None"/>. This is decided while they are
    /// first read; the log reports the decision.
    /// </summary>
    Auto,

    /// <summary>In memory: read once, or once an epoch where they are augmented, and shuffled uniformly.</summary>
    Memory,

    /// <summary>
    /// No rows are kept: every epoch reads them again, through a pool of <see cref="NeuralNetworkOptions.ShufflePoolRows"/> that shuffles them, in memory
    /// that does not depend on their number.
    /// </summary>
    None,
}
