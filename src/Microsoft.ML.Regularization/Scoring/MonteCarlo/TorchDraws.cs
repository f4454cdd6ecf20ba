using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Scoring;

/// <summary>
/// Draws of a network that scores in libtorch: its module with its noise switched on, and the draw in place of the training step. The noise of a step begins
/// with the same values for any number of rows, so rows that are scored one by one all get the noise of a batch's first row.
/// </summary>
internal sealed class TorchDraws(TrainedNetwork network, RandomKey key) : INetworkDraws
{
    private readonly RestoredNetwork _network = network.Architecture.Restore(network.Parts, key);

    // The layers write their noise into memory of their own.
    private readonly Lock _lock = new();

    public bool AreAlike => !_network.HasNoise;

    public bool AreParallel => false;

    public void Score(int draw, ReadOnlySpan<float> features, Span<float> outputs)
    {
        lock (_lock)
        {
            _network.Forward(features, outputs, (ulong)draw);
        }
    }

    public void Dispose() => _network.Dispose();
}
