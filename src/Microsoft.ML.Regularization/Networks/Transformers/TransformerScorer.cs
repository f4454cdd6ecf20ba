using System.Collections.Concurrent;
using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Scores a <see cref="TransformerArchitecture"/> in managed SIMD code, without libtorch. A row gives the same bits alone as among others.</summary>
internal sealed class TransformerScorer : INetworkScorer
{
    // So many tokens share what is read of the weights, and what is between layers stays in the cache.
    private const int MostTokens = 256;

    private readonly TransformerShape _shape;
    private readonly TokenVectors _vectors;
    private readonly float[]? _classToken;
    private readonly float[] _places;
    private readonly NormalizationFunction _normalization;
    private readonly ScoredBlock[] _blocks;
    private readonly ScoringLayer _output;
    private readonly ConcurrentBag<TokenStates> _memories = [];

    /// <param name="shape">The network's shape.</param>
    /// <param name="parts">The parts of the network that scoring needs; scaling is done before.</param>
    /// <param name="layers">Its layers.</param>
    public TransformerScorer(TransformerShape shape, TrainedParts parts, IReadOnlyList<LayerDescription> layers)
    {
        _shape = shape;
        var (context, weights) = (parts.Context, parts.Weights);
        var reader = new ScoringLayerReader(context, weights, parts.Recipe.Dropout);
        _vectors = TokenVectors.Read(layers, parts);
        if (layers.OfType<ClassTokenDescription>().SingleOrDefault() is { } token)
            _classToken = weights.Read(context, token.Name + ".token", 1, shape.Width);
        var places = layers.OfType<PositionsDescription>().Single();
        _places = weights.Read(context, places.Name + ".table", places.Places, shape.Width);
        _normalization = reader.Read(layers.OfType<NormalizationDescription>().Single(layer => !layer.Name.StartsWith("blocks.", StringComparison.Ordinal)));
        _blocks = [.. Enumerable.Range(0, shape.Depth).Select(block => new ScoredBlock(context, shape, parts.Recipe, weights, block))];
        _output = reader.ReadAll(layers.TakeLast(1)).Single();
        Layers = [.. _vectors.Layers, .. _blocks.SelectMany(block => block.Layers), _output];
    }

    public IReadOnlyList<ScoringLayer> Layers { get; }

    public int Blocks => 2 * _blocks.Length;

    public void Score(ReadOnlySpan<float> rows, int count, Span<float> outputs, NetworkNoise? noise = null)
    {
        if (noise is not null)
            throw new NotSupportedException("The noise of transformers is drawn by libtorch's modules.");

        var (width, size) = (rows.Length / count, outputs.Length / count);
        var memory = _memories.TryTake(out var kept) ? kept : new TokenStates(_shape, _places.Length / _shape.Width);
        for (int first = 0, taken; first < count; first += taken)
        {
            taken = RowsToTake(rows[(first * width)..], width);
            ScorePart(memory, rows.Slice(first * width, taken * width), taken, outputs.Slice(first * size, taken * size));
        }

        _memories.Add(memory);
    }

    private int RowsToTake(ReadOnlySpan<float> rows, int width)
    {
        var (taken, tokens) = (0, 0);
        for (; taken * width < rows.Length; taken++)
        {
            tokens += _vectors.CountIn(rows.Slice(taken * width, width));
            if (taken > 0 && tokens > MostTokens)
                break;
        }

        return taken;
    }

    private void ScorePart(TokenStates memory, ReadOnlySpan<float> rows, int count, Span<float> outputs)
    {
        var vectors = _vectors.Embed(memory, rows, count);
        memory.Begin();
        AddPlaces(memory, vectors);
        if (_shape.IsBert)
            _normalization.ApplyToRows(memory.States, memory.States);
        for (var block = 0; block < _blocks.Length; block++)
            _blocks[block].Apply(memory, _shape.KeepsFirst && block == _blocks.Length - 1);
        if (!_shape.IsBert)
            _normalization.ApplyToRows(memory.States, memory.States);
        _output.Apply(_shape.KeepsFirst ? memory.States : memory.Mean(), count, outputs, noise: null);
    }

    private void AddPlaces(TokenStates memory, ReadOnlySpan<float> vectors)
    {
        var (tokens, width, next) = (memory.Tokens, _shape.Width, 0);
        for (var row = 0; row < tokens.Rows; row++)
        {
            var place = tokens.PlaceOf(row);
            var vector = place == 0 && _classToken is not null ? _classToken : vectors.Slice(next++ * width, width);
            TensorPrimitives.Add(vector, _places.AsSpan(place * width, width), memory.States.Slice(row * width, width));
        }
    }
}
