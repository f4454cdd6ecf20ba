namespace Microsoft.ML.Regularization.Networks;

/// <summary>Describes a <see cref="PiecewiseLinearEmbeddingLayer"/>.</summary>
/// <param name="Name">The layer's name among the network's tensors.</param>
/// <param name="Numbers">How many numbers.</param>
/// <param name="Bins">Bins of each.</param>
/// <param name="Size">Size of the vector that each becomes.</param>
/// <param name="Factor">What the tensors of weights are multiplied by.</param>
internal sealed record PiecewiseLinearDescription(string Name, int Numbers, int Bins, int Size, double Factor) : NumberEmbeddingDescription(Name, Numbers)
{
    public override IEnumerable<(string Name, long[] Shape)> Tensors =>
    [
        (Name + ".slope", [Numbers, Size]),
        (Name + ".shift", [Numbers, Size]),
        (Name + ".change", [Numbers, Bins, Size]),
        (Name + ".edges", [Numbers, Bins + 1]),
    ];
}
