using System.Buffers;
using System.Numerics.Tensors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Scores a <see cref="ResidualMlpArchitecture"/> in managed SIMD code, without libtorch.</summary>
internal sealed class ResidualMlpScorer : ISparseNetwork
{
    private readonly ScoringLayer _input;
    private readonly Block[] _blocks;
    private readonly NormalizationFunction? _normalization;
    private readonly Activation _activation;
    private readonly ScoringLayer _output;
    private readonly int _width;
    private readonly int _hiddenWidth;

    public ResidualMlpScorer(
        IExceptionContext context, ResidualMlpArchitecture architecture, RegularizationRecipe recipe, int inputs, int outputs, NetworkWeights weights)
    {
        (_width, _hiddenWidth) = (architecture.Width, architecture.HiddenWidth);
        _activation = architecture.Activation;
        var depth = recipe.StochasticDepth;
        _input = ScoringLayer.Read(context, weights, "input", inputs, _width, 2 * architecture.Blocks);
        _blocks = [.. Enumerable.Range(0, architecture.Blocks).Select(ReadBlock)];
        _normalization = ReadNormalization("norm");
        _output = ScoringLayer.Read(context, weights, "output", _width, outputs, 2 * architecture.Blocks + 1, isOutput: true);
        Layers = [.. _blocks.SelectMany(block => new[] { block.Hidden, block.Linear }), _input, _output];

        foreach (var block in _blocks)
            block.Hidden.MatchMoments(recipe.Dropout);

        Block ReadBlock(int block) => new(
            ReadNormalization($"blocks.{block}.norm"),
            ScoringLayer.Read(context, weights, $"blocks.{block}.hidden.linear", _width, _hiddenWidth, 2 * block, _activation, hasUnitNoise: true),
            ScoringLayer.Read(context, weights, $"blocks.{block}.linear", _hiddenWidth, _width, 2 * block + 1, hasUnitNoise: true),
            depth?.ScoringFactor(depth.SurvivalOf(block, architecture.Blocks)) ?? 1);

        NormalizationFunction? ReadNormalization(string name) =>
            NormalizationFunction.Read(context, weights, name, architecture.Normalization, _width);
    }

    public IReadOnlyList<ScoringLayer> Layers { get; }

    public int Blocks => _blocks.Length;

    public ScoringLayer First => _input;

    public void Score(ReadOnlySpan<float> features, Span<float> outputs, NetworkNoise? noise = null)
    {
        var rented = ArrayPool<float>.Shared.Rent(_width);
        var stream = rented.AsSpan(0, _width);
        _input.Apply(features, stream, _input.NoiseIn(noise));
        Score(stream, outputs, noise);
        ArrayPool<float>.Shared.Return(rented);
    }

    public void ScoreRows(ReadOnlySpan<float> rows, int count, Span<float> outputs)
    {
        var rented = ArrayPool<float>.Shared.Rent(count * _width);
        var stream = rented.AsSpan(0, count * _width);
        _input.ApplyToRows(rows, count, stream);
        ScoreRows(stream, count, outputs);
        ArrayPool<float>.Shared.Return(rented);
    }

    public void ScoreSums(Span<float> sums, Span<float> outputs, NetworkNoise? noise)
    {
        First.FinishSums(sums, First.NoiseIn(noise));
        Score(sums, outputs, noise);
    }

    public void ScoreSumsOfRows(Span<float> sums, int count, Span<float> outputs)
    {
        First.FinishSumsOfRows(sums);
        ScoreRows(sums, count, outputs);
    }

    private void Score(Span<float> stream, Span<float> outputs, NetworkNoise? noise)
    {
        var rented = ArrayPool<float>.Shared.Rent(_width + _hiddenWidth);
        var change = rented.AsSpan(0, _width);
        var hidden = rented.AsSpan(_width, _hiddenWidth);
        for (var i = 0; i < _blocks.Length; i++)
        {
            var block = _blocks[i];
            var factor = noise?.BlockFactors[i] ?? block.Factor;
            if (factor == 0)
                continue;

            if (block.Normalization is { } normalization)
            {
                normalization.Apply(stream, change);
                block.Hidden.Apply(change, hidden, block.Hidden.NoiseIn(noise));
            }
            else
            {
                block.Hidden.Apply(stream, hidden, block.Hidden.NoiseIn(noise));
            }

            block.Linear.Apply(hidden, change, block.Linear.NoiseIn(noise));
            TensorPrimitives.MultiplyAdd(change, factor, stream, stream);
        }

        _normalization?.Apply(stream, stream);
        ActivationFunction.Apply(_activation, stream);
        _output.Apply(stream, outputs, _output.NoiseIn(noise));
        ArrayPool<float>.Shared.Return(rented);
    }

    private void ScoreRows(Span<float> stream, int count, Span<float> outputs)
    {
        var size = count * _width;
        var rented = ArrayPool<float>.Shared.Rent(size + count * _hiddenWidth);
        var change = rented.AsSpan(0, size);
        var hidden = rented.AsSpan(size, count * _hiddenWidth);
        foreach (var block in _blocks)
        {
            if (block.Factor == 0)
                continue;

            if (block.Normalization is { } normalization)
            {
                normalization.ApplyToRows(stream, change);
                block.Hidden.ApplyToRows(change, count, hidden);
            }
            else
            {
                block.Hidden.ApplyToRows(stream, count, hidden);
            }

            block.Linear.ApplyToRows(hidden, count, change);
            TensorPrimitives.MultiplyAdd(change, block.Factor, stream, stream);
        }

        _normalization?.ApplyToRows(stream, stream);
        ActivationFunction.Apply(_activation, stream);
        _output.ApplyToRows(stream, count, outputs);
        ArrayPool<float>.Shared.Return(rented);
    }

    /// <param name="Normalization">Null for none.</param>
    /// <param name="Hidden">To the hidden units.</param>
    /// <param name="Linear">From them to the change of the stream.</param>
    /// <param name="Factor">What the change is multiplied by at scoring.</param>
    private sealed record Block(NormalizationFunction? Normalization, ScoringLayer Hidden, ScoringLayer Linear, float Factor);
}
