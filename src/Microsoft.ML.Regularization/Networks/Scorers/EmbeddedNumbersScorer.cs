using System.Buffers;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Puts vectors in the place of a row's numbers; what stands behind them stays.</summary>
internal sealed class EmbeddedNumbersScorer(NumberVectors embedding, INetworkScorer network) : INetworkScorer
{
    public IReadOnlyList<ScoringLayer> Layers => network.Layers;

    public int Blocks => network.Blocks;

    public void Score(ReadOnlySpan<float> rows, int count, Span<float> outputs, NetworkNoise? noise = null)
    {
        var from = rows.Length / count;
        var to = from - embedding.Numbers + embedding.Width;
        var rented = ArrayPool<float>.Shared.Rent(count * to);
        var embedded = rented.AsSpan(0, count * to);
        for (var row = 0; row < count; row++)
        {
            var source = rows.Slice(row * from, from);
            var target = embedded.Slice(row * to, to);
            embedding.Embed(source[..embedding.Numbers], target[..embedding.Width]);
            source[embedding.Numbers..].CopyTo(target[embedding.Width..]);
        }

        network.Score(embedded, count, outputs, noise);
        ArrayPool<float>.Shared.Return(rented);
    }
}
