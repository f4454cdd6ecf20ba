using System.Collections.Concurrent;
using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Scores a <see cref="TransformerArchitecture"/> in managed SIMD code, without libtorch. A row gives the same bits alone as among others.</summary>
internal sealed class TransformerScorer : INetworkScorer
{
    // So many tokens share what is read of the weights, and what is between layers stays in the cache.
    private const int MostTokens = 256;

    private readonly TransformerArchitecture _architecture;
    private readonly ImagePatches? _patches;
    private readonly ScoringLayer? _embedding;
    private readonly float[] _vectors = [];
    private readonly float[]? _classToken;
    private readonly float[] _places;
    private readonly NormalizationFunction _normalization;
    private readonly ScoredBlock[] _blocks;
    private readonly ScoringLayer _output;
    private readonly ConcurrentBag<TokenStates> _memories = [];

    /// <param name="architecture">The network's shape.</param>
    /// <param name="parts">The parts of the network that scoring needs; scaling is done before.</param>
    /// <param name="layers">Its layers.</param>
    public TransformerScorer(TransformerArchitecture architecture, TrainedParts parts, IReadOnlyList<LayerDescription> layers)
    {
        _architecture = architecture;
        var (context, weights, width) = (parts.Context, parts.Weights, architecture.Width);
        var reader = new ScoringLayerReader(context, weights, parts.Recipe.Dropout);
        if (layers[0] is PatchesDescription patches)
        {
            _patches = new ImagePatches(patches.Image, patches.Size);
            _embedding = reader.ReadAll(layers.Skip(1).Take(1)).Single();
        }
        else if (layers[0] is TokensDescription tokens)
        {
            _vectors = weights.Read(context, tokens.Name + ".weight", tokens.Count, tokens.Width);
        }

        if (layers.OfType<ClassTokenDescription>().SingleOrDefault() is { } token)
            _classToken = weights.Read(context, token.Name + ".token", 1, width);
        var places = layers.OfType<PositionsDescription>().Single();
        _places = weights.Read(context, places.Name + ".table", places.Places, width);
        _normalization = reader.Read(layers.OfType<NormalizationDescription>().Single(layer => !layer.Name.StartsWith("blocks.", StringComparison.Ordinal)));
        _blocks = [.. Enumerable.Range(0, architecture.Depth).Select(block => new ScoredBlock(context, architecture, parts.Recipe, weights, block))];
        _output = reader.ReadAll(layers.TakeLast(1)).Single();
        Layers = [.. _embedding is null ? [] : (ScoringLayer[])[_embedding], .. _blocks.SelectMany(block => block.Layers), _output];
    }

    public IReadOnlyList<ScoringLayer> Layers { get; }

    public int Blocks => 2 * _blocks.Length;

    private bool KeepsFirst => _architecture.Pooling is TokenPooling.ClassToken or TokenPooling.FirstToken;

    public void Score(ReadOnlySpan<float> rows, int count, Span<float> outputs, NetworkNoise? noise = null)
    {
        if (noise is not null)
            throw new NotSupportedException("The noise of transformers is drawn by libtorch's modules.");

        var (width, size) = (rows.Length / count, outputs.Length / count);
        var memory = _memories.TryTake(out var kept) ? kept : new TokenStates(_architecture, _places.Length / _architecture.Width);
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
            tokens += _patches?.Count ?? width - rows.Slice(taken * width, width).Count((float)TextInput.Padding);
            if (taken > 0 && tokens > MostTokens)
                break;
        }

        return taken;
    }

    private unsafe void ScorePart(TokenStates memory, ReadOnlySpan<float> rows, int count, Span<float> outputs)
    {
        fixed (float* elements = rows)
            Embed(memory, rows, new Matrix(elements, count, rows.Length / count));
        if (_architecture.IsBert)
            _normalization.ApplyToRows(memory.States, memory.States);
        for (var block = 0; block < _blocks.Length; block++)
            _blocks[block].Apply(memory, KeepsFirst && block == _blocks.Length - 1);
        if (!_architecture.IsBert)
            _normalization.ApplyToRows(memory.States, memory.States);
        _output.Apply(KeepsFirst ? memory.States : memory.Mean(), count, outputs, noise: null);
    }

    private void Embed(TokenStates memory, ReadOnlySpan<float> rows, Matrix matrix)
    {
        var (tokens, width) = (memory.Tokens, _architecture.Width);
        if (_patches is null)
            tokens.Take(firstSequence: 0, matrix);
        else
            tokens.Take(firstSequence: 0, matrix.Rows);
        memory.Begin();
        var embedded = _patches is null ? [] : EmbedPatches(memory, rows, matrix.Rows);
        var states = memory.States;
        var (before, next) = (tokens.HasClassToken ? 1 : 0, 0);
        for (var sequence = 0; sequence < tokens.Sequences; sequence++)
        {
            for (var row = tokens.StartOf(sequence); row < tokens.StartOf(sequence) + tokens.LengthOf(sequence); row++)
            {
                var place = tokens.PlaceOf(row);
                var vector = place < before ? _classToken
                    : _patches is null ? VectorAt(_vectors, (int)rows[sequence * matrix.Columns + place - before])
                    : VectorAt(embedded, next++);
                TensorPrimitives.Add(vector, VectorAt(_places, place), states.Slice(row * width, width));
            }
        }
    }

    // Behind the patches stand the vectors that they become.
    private Span<float> EmbedPatches(TokenStates memory, ReadOnlySpan<float> rows, int count)
    {
        var (patches, width) = (count * _patches!.Count, _architecture.Width);
        var wide = memory.Wide(patches, _patches.Numbers + width);
        var numbers = wide[..(patches * _patches.Numbers)];
        var vectors = wide[(patches * _patches.Numbers)..];
        for (var patch = 0; patch < patches; patch++)
        {
            _patches.Copy(
                rows.Slice(patch / _patches.Count * _patches.Pixels, _patches.Pixels), patch % _patches.Count, numbers.Slice(patch * _patches.Numbers, _patches.Numbers));
        }

        _embedding!.Apply(numbers, patches, vectors, noise: null);
        return vectors;
    }

    private ReadOnlySpan<float> VectorAt(ReadOnlySpan<float> vectors, int place) => vectors.Slice(place * _architecture.Width, _architecture.Width);
}
