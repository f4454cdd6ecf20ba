using System.Buffers;
using System.Numerics.Tensors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Networks;

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
        IExceptionContext context, ResidualMlpArchitecture architecture, RegularizationRecipe recipe, IReadOnlyList<LayerDescription> layers, NetworkWeights weights)
    {
        (_width, _hiddenWidth) = (architecture.Width, architecture.HiddenWidth);
        _activation = architecture.Activation;
        var (depth, reader) = (recipe.StochasticDepth, new ScoringLayerReader(context, weights, recipe.Dropout));
        _input = reader.ReadAll(layers.OfType<LinearDescription>().Take(1)).Single();
        _blocks = [.. layers.OfType<ResidualDescription>().Select(ReadBlock)];
        _normalization = layers.OfType<NormalizationDescription>().Select(reader.Read).SingleOrDefault();
        _output = reader.ReadAll(layers.TakeLast(1)).Single();
        Layers = [.. _blocks.SelectMany(block => new[] { block.Hidden, block.Linear }), _input, _output];

        Block ReadBlock(ResidualDescription description, int block)
        {
            var normalization = description.Branch[0] as NormalizationDescription;
            var linear = reader.ReadAll(description.Branch.Skip(normalization is null ? 0 : 1)).ToArray();
            return new Block(
                normalization is null ? null : reader.Read(normalization),
                linear[0],
                linear[1],
                depth?.ScoringFactor(depth.SurvivalOf(block, architecture.Blocks)) ?? 1);
        }
    }

    public IReadOnlyList<ScoringLayer> Layers { get; }

    public int Blocks => _blocks.Length;

    public ScoringLayer First => _input;

    public void Score(ReadOnlySpan<float> rows, int count, Span<float> outputs, NetworkNoise? noise = null)
    {
        var rented = ArrayPool<float>.Shared.Rent(count * _width);
        var stream = rented.AsSpan(0, count * _width);
        _input.Apply(rows, count, stream, noise);
        Score(stream, count, outputs, noise);
        ArrayPool<float>.Shared.Return(rented);
    }

    public void ScoreSums(Span<float> sums, int count, Span<float> outputs, NetworkNoise? noise)
    {
        First.FinishSums(sums, noise);
        Score(sums, count, outputs, noise);
    }

    private void Score(Span<float> stream, int count, Span<float> outputs, NetworkNoise? noise)
    {
        var size = count * _width;
        var rented = ArrayPool<float>.Shared.Rent(size + count * _hiddenWidth);
        var change = rented.AsSpan(0, size);
        var hidden = rented.AsSpan(size, count * _hiddenWidth);
        for (var i = 0; i < _blocks.Length; i++)
        {
            var block = _blocks[i];
            var factor = noise?.BlockFactors[i] ?? block.Factor;
            if (factor == 0)
                continue;

            block.Normalization?.ApplyToRows(stream, change);
            block.Hidden.Apply(block.Normalization is null ? stream : change, count, hidden, noise);
            block.Linear.Apply(hidden, count, change, noise);
            TensorPrimitives.MultiplyAdd(change, factor, stream, stream);
        }

        for (var start = 0; start < size; start += _width)
        {
            var row = stream.Slice(start, _width);
            _normalization?.Apply(row, row);
            ActivationFunction.Apply(_activation, row);
        }

        _output.Apply(stream, count, outputs, noise);
        ArrayPool<float>.Shared.Return(rented);
    }

    /// <param name="Normalization">Null for none.</param>
    /// <param name="Hidden">To the hidden units.</param>
    /// <param name="Linear">From them to the change of the stream.</param>
    /// <param name="Factor">The factor of the change at scoring.</param>
    private sealed record Block(NormalizationFunction? Normalization, ScoringLayer Hidden, ScoringLayer Linear, float Factor);
}
