using System.Buffers;
using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Brings features to the scale that the network behind it was trained on.</summary>
internal sealed class ScaledScorer(InputScaler scaler, INetworkScorer network) : INetworkScorer
{
    public IReadOnlyList<ScoringLayer> Layers => network.Layers;

    public int Blocks => network.Blocks;

    public void Score(ReadOnlySpan<float> rows, int count, Span<float> outputs, NetworkNoise? noise = null)
    {
        var rented = ArrayPool<float>.Shared.Rent(rows.Length);
        var scaled = rented.AsSpan(0, rows.Length);
        var width = rows.Length / count;
        for (var start = 0; start < rows.Length; start += width)
            scaler.Apply(rows.Slice(start, width), scaled.Slice(start, width));
        network.Score(scaled, count, outputs, noise);
        ArrayPool<float>.Shared.Return(rented);
    }
}
