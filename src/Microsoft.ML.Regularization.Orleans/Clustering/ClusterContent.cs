namespace Microsoft.ML.Regularization.Orleans;

/// <summary>What the file of a cluster holds.</summary>
internal sealed class ClusterContent
{
    /// <summary>Counts the changes of all rows together.</summary>
    public int Version { get; set; }

    public List<SiloRow> Silos { get; set; } = [];
}
