using System.Buffers;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Puts the vectors that a network has for categories in the place of their keys.</summary>
/// <param name="numbers">Numbers in front of the keys.</param>
/// <param name="categories">The vectors.</param>
/// <param name="network">Scores rows whose categories are embedded.</param>
internal sealed class EmbeddedScorer(int numbers, CategoryVectors categories, INetworkScorer network) : INetworkScorer
{
    private readonly int _width = numbers + categories.Width;

    public IReadOnlyList<ScoringLayer> Layers => network.Layers;

    public int Blocks => network.Blocks;

    public void Score(ReadOnlySpan<float> rows, int count, Span<float> outputs, NetworkNoise? noise = null)
    {
        var rented = ArrayPool<float>.Shared.Rent(count * _width);
        var embedded = rented.AsSpan(0, count * _width);
        var width = rows.Length / count;
        for (var row = 0; row < count; row++)
            Embed(rows.Slice(row * width, width), embedded.Slice(row * _width, _width));
        network.Score(embedded, count, outputs, noise);
        ArrayPool<float>.Shared.Return(rented);
    }

    private void Embed(ReadOnlySpan<float> features, Span<float> embedded)
    {
        features[..numbers].CopyTo(embedded);
        categories.Embed(features[numbers..], embedded[numbers..]);
    }
}
