using System.Buffers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Scores a multilayer perceptron in managed SIMD code, without libtorch. Batch normalization is folded into the linear layer before it. After training
/// with <see cref="DropConnectInference.MomentMatched"/> each hidden unit has a variance beside its mean, until its activation.
/// </summary>
internal sealed class MlpScorer : ISparseNetwork
{
    private readonly ScoringLayer[] _layers;
    private readonly int _widest;

    /// <param name="context">For errors.</param>
    /// <param name="architecture">The network's shape.</param>
    /// <param name="inputs">Features.</param>
    /// <param name="outputs">Outputs.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="dropout">The noise that it was trained with, where that has to do with scoring.</param>
    public MlpScorer(
        IExceptionContext context, MlpArchitecture architecture, int inputs, int outputs, NetworkWeights weights, Dropout? dropout = null)
    {
        var width = inputs;
        var layers = new List<ScoringLayer>();
        for (var i = 0; i < architecture.HiddenSizes.Count; i++)
        {
            var size = architecture.HiddenSizes[i];
            var layer = ScoringLayer.Read(context, weights, $"hidden.{i}.linear", width, size, i, architecture.Activation, hasUnitNoise: true);
            layer.Normalize(NormalizationFunction.Read(context, weights, $"hidden.{i}.norm", architecture.Normalization, size));
            layer.MatchMoments(dropout);
            layers.Add(layer);
            width = size;
        }

        layers.Add(ScoringLayer.Read(context, weights, "output", width, outputs, layers.Count, isOutput: true));
        _layers = [.. layers];
        _widest = layers.Max(layer => layer.Outputs);
    }

    public IReadOnlyList<ScoringLayer> Layers => _layers;

    public int Blocks => 0;

    public ScoringLayer First => _layers[0];

    public void Score(ReadOnlySpan<float> features, Span<float> outputs, NetworkNoise? noise = null) => Score(features, first: 0, outputs, noise);

    public void ScoreRows(ReadOnlySpan<float> rows, int count, Span<float> outputs) => ScoreRows(rows, first: 0, count, outputs);

    public void ScoreSums(Span<float> sums, Span<float> outputs, NetworkNoise? noise)
    {
        First.FinishSums(sums, First.NoiseIn(noise));
        if (_layers.Length == 1)
            sums.CopyTo(outputs);
        else
            Score(sums, first: 1, outputs, noise);
    }

    public void ScoreSumsOfRows(Span<float> sums, int count, Span<float> outputs)
    {
        First.FinishSumsOfRows(sums);
        if (_layers.Length == 1)
            sums.CopyTo(outputs);
        else
            ScoreRows(sums, first: 1, count, outputs);
    }

    private void Score(ReadOnlySpan<float> input, int first, Span<float> outputs, NetworkNoise? noise)
    {
        var rented = ArrayPool<float>.Shared.Rent(2 * _widest);
        for (var i = first; i < _layers.Length - 1; i++)
        {
            // Layers write to the two halves of the buffer in turn, so that none reads what it writes.
            var output = rented.AsSpan(i % 2 * _widest, _layers[i].Outputs);
            _layers[i].Apply(input, output, _layers[i].NoiseIn(noise));
            input = output;
        }

        _layers[^1].Apply(input, outputs, _layers[^1].NoiseIn(noise));
        ArrayPool<float>.Shared.Return(rented);
    }

    private void ScoreRows(ReadOnlySpan<float> input, int first, int count, Span<float> outputs)
    {
        var half = count * _widest;
        var rented = ArrayPool<float>.Shared.Rent(2 * half);
        for (var i = first; i < _layers.Length - 1; i++)
        {
            var output = rented.AsSpan(i % 2 * half, count * _layers[i].Outputs);
            _layers[i].ApplyToRows(input, count, output);
            input = output;
        }

        _layers[^1].ApplyToRows(input, count, outputs);
        ArrayPool<float>.Shared.Return(rented);
    }
}
