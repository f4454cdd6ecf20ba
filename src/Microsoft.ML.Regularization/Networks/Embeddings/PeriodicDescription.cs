namespace Microsoft.ML.Regularization.Networks;

/// <summary>Describes a <see cref="PeriodicEmbeddingLayer"/>.</summary>
internal sealed record PeriodicDescription(string Name, int Numbers) : NumberEmbeddingDescription(Name, Numbers)
{
    public override IEnumerable<(string Name, long[] Shape)> Tensors =>
    [
        (Name + ".frequency", [Numbers, PeriodicEmbeddingLayer.Frequencies]),
        (Name + ".phase", [Numbers, PeriodicEmbeddingLayer.Frequencies]),
        (Name + ".mixing", [Numbers, PeriodicEmbeddingLayer.Frequencies, PeriodicEmbeddingLayer.Size - 1]),
        (Name + ".shift", [Numbers, PeriodicEmbeddingLayer.Size - 1]),
    ];
}
