using System.Buffers;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Puts the vectors that a network learned for categories in the place of their keys.</summary>
internal sealed class EmbeddedScorer : INetworkScorer
{
    private readonly INetworkScorer _network;
    private readonly int _numbers;
    private readonly int _width;
    private readonly CategoryVectors _categories;

    /// <param name="context">For errors.</param>
    /// <param name="input">The layout of a row.</param>
    /// <param name="weights">The network's weights.</param>
    /// <param name="network">Scores rows whose categories are embedded.</param>
    public EmbeddedScorer(IExceptionContext context, InputLayout input, NetworkWeights weights, INetworkScorer network)
    {
        _network = network;
        _numbers = input.Numbers;
        _width = EmbeddingSize.WidthOf(input);
        _categories = new CategoryVectors(context, input, weights);
    }

    public IReadOnlyList<ScoringLayer> Layers => _network.Layers;

    public int Blocks => _network.Blocks;

    public void Score(ReadOnlySpan<float> rows, int count, Span<float> outputs, NetworkNoise? noise = null)
    {
        var rented = ArrayPool<float>.Shared.Rent(count * _width);
        var embedded = rented.AsSpan(0, count * _width);
        var width = rows.Length / count;
        for (var row = 0; row < count; row++)
            Embed(rows.Slice(row * width, width), embedded.Slice(row * _width, _width));
        _network.Score(embedded, count, outputs, noise);
        ArrayPool<float>.Shared.Return(rented);
    }

    private void Embed(ReadOnlySpan<float> features, Span<float> embedded)
    {
        features[.._numbers].CopyTo(embedded);
        _categories.Embed(features[_numbers..], embedded[_numbers..]);
    }
}
