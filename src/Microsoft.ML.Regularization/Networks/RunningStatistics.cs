using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The running mean and variance of every batch normalization in a network. In training each forward pass moves them; passes that are not the step's
/// own, of attacked rows or of weights that are only tried, leave them alone by <see cref="Freeze"/>.
/// </summary>
internal sealed class RunningStatistics
{
    /// <summary>PyTorch's default: about the last ten batches count.</summary>
    public const double UsualMomentum = 0.1;

    private readonly List<BatchNormLayer> _layers;

    public RunningStatistics(Network network) => _layers = [.. network.modules().OfType<BatchNormLayer>().Distinct()];

    public bool Any => _layers.Count > 0;

    /// <summary>Forward passes normalize by their batch and leave the running statistics alone, until disposed.</summary>
    public MomentumScope Freeze() => new(_layers, momentum: 0);

    /// <summary>
    /// Forward passes of a network in evaluation mode normalize by their batch and move the running statistics towards it by the given part, until disposed.
    /// </summary>
    public MomentumScope Learn(double momentum)
    {
        var scope = new MomentumScope(_layers, momentum);
        foreach (var layer in _layers)
            layer.train();
        return scope;
    }

    /// <summary>Copies the statistics, and writes them back once disposed.</summary>
    public Kept Keep() => new(_layers);

    internal readonly struct MomentumScope : IDisposable
    {
        private readonly List<BatchNormLayer> _layers;
        private readonly double _before;

        public MomentumScope(List<BatchNormLayer> layers, double momentum)
        {
            _layers = layers;
            _before = layers.Count > 0 ? layers[0].Momentum : momentum;
            Set(momentum);
        }

        public void Dispose() => Set(_before);

        private void Set(double momentum)
        {
            foreach (var layer in _layers)
                layer.Momentum = momentum;
        }
    }

    internal readonly struct Kept : IDisposable
    {
        private readonly List<(Tensor Kept, BatchNormLayer Layer, bool IsMean)> _copies;

        public Kept(List<BatchNormLayer> layers)
        {
            _copies = [];
            foreach (var layer in layers)
            {
                _copies.Add((layer.RunningMean.clone().DetachFromDisposeScope(), layer, true));
                _copies.Add((layer.RunningVariance.clone().DetachFromDisposeScope(), layer, false));
            }
        }

        public void Dispose()
        {
            using var _ = no_grad();
            foreach (var (kept, layer, isMean) in _copies)
            {
                (isMean ? layer.RunningMean : layer.RunningVariance).copy_(kept);
                kept.Dispose();
            }
        }
    }
}
