using System.Buffers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Scores a multilayer perceptron in managed SIMD code, without libtorch. Batch normalization is folded into the linear layer before it.
/// </summary>
internal sealed class MlpScorer : INetworkScorer
{
    private readonly ScoringLayer[] _layers;
    private readonly int _widest;

    public MlpScorer(IExceptionContext context, MlpArchitecture architecture, int inputs, int outputs, NetworkWeights weights)
    {
        var width = inputs;
        var layers = new List<ScoringLayer>();
        for (var i = 0; i < architecture.HiddenSizes.Length; i++)
        {
            var size = architecture.HiddenSizes[i];
            var layer = ScoringLayer.Read(context, weights, $"hidden.{i}.linear", width, size, architecture.Activation, noiseIndex: i);
            layer.Normalize(NormalizationFunction.Read(context, weights, $"hidden.{i}.norm", architecture.Normalization, size));
            layers.Add(layer);
            width = size;
        }

        NoisyLayers = [.. layers];
        layers.Add(ScoringLayer.Read(context, weights, "output", width, outputs));
        _layers = [.. layers];
        _widest = layers.Max(layer => layer.Outputs);
    }

    public IReadOnlyList<ScoringLayer> NoisyLayers { get; }

    public int Blocks => 0;

    public void Score(ReadOnlySpan<float> features, Span<float> outputs, NetworkNoise? noise = null)
    {
        var rented = ArrayPool<float>.Shared.Rent(2 * _widest);
        var input = features;
        for (var i = 0; i < _layers.Length - 1; i++)
        {
            // Layers write to the two halves of the buffer in turn, so that none reads what it writes.
            var output = rented.AsSpan(i % 2 * _widest, _layers[i].Outputs);
            _layers[i].Apply(input, output, noise);
            input = output;
        }

        _layers[^1].Apply(input, outputs, noise);
        ArrayPool<float>.Shared.Return(rented);
    }
}
