using System.Buffers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// Scores linear layers one behind the other, with what stands between them, in managed SIMD code, without libtorch. Batch normalization is folded into the
/// linear layer before it, and factors of units into the one behind them. After training with <see cref="DropConnectInference.MomentMatched"/> each hidden unit
/// has a variance beside its mean, until its activation.
/// </summary>
internal sealed class MlpScorer : ISparseNetwork
{
    private readonly ScoringLayer[] _layers;
    private readonly int _widest;

    /// <param name="context">For errors.</param>
    /// <param name="layers">The network's layers. Rows come with numbers embedded, where one of the layers says so.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="dropout">The noise that it was trained with, where that has to do with scoring.</param>
    /// <param name="noiseRows">Rows, one behind the other, that a draw of noise is for; each of them has noise of its own.</param>
    public MlpScorer(
        IExceptionContext context, IEnumerable<LayerDescription> layers, NetworkWeights weights, Dropout? dropout = null, int noiseRows = 1)
    {
        _layers = [.. new ScoringLayerReader(context, weights, dropout) { NoiseRows = noiseRows }.ReadAll(layers)];
        _widest = _layers.Max(layer => layer.Outputs);
    }

    public IReadOnlyList<ScoringLayer> Layers => _layers;

    public int Blocks => 0;

    public ScoringLayer First => _layers[0];

    public void Score(ReadOnlySpan<float> rows, int count, Span<float> outputs, NetworkNoise? noise = null) => Score(rows, first: 0, count, outputs, noise);

    public void ScoreSums(Span<float> sums, int count, Span<float> outputs, NetworkNoise? noise)
    {
        First.FinishSums(sums, noise);
        if (_layers.Length == 1)
            sums.CopyTo(outputs);
        else
            Score(sums, first: 1, count, outputs, noise);
    }

    private void Score(ReadOnlySpan<float> input, int first, int count, Span<float> outputs, NetworkNoise? noise)
    {
        var half = count * _widest;
        var rented = ArrayPool<float>.Shared.Rent(2 * half);
        for (var i = first; i < _layers.Length - 1; i++)
        {
            // Layers write to the two halves of the buffer in turn, so that none reads what it writes.
            var output = rented.AsSpan(i % 2 * half, count * _layers[i].Outputs);
            _layers[i].Apply(input, count, output, noise);
            input = output;
        }

        _layers[^1].Apply(input, count, outputs, noise);
        ArrayPool<float>.Shared.Return(rented);
    }
}
