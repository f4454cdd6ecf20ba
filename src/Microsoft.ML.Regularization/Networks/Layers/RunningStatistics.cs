using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// The running mean and variance of every batch normalization in a network. In training each forward pass moves them; passes that are not the step's
/// own, of attacked rows or of weights that are only tried, leave them alone by <see cref="Freeze"/>.
/// </summary>
internal sealed class RunningStatistics
{
    private readonly List<BatchNormLayer> _layers;

    // TorchSharp's own, in networks of the user's. To them a momentum of 0 means the mean over all batches.
    private readonly List<BatchNorm> _foreign;

    public RunningStatistics(nn.Module network)
    {
        _layers = [.. network.modules().OfType<BatchNormLayer>().Distinct()];
        _foreign = [.. network.modules().OfType<BatchNorm>().Distinct().Where(layer => layer.running_mean is not null)];
    }

    public bool Any => _layers.Count + _foreign.Count > 0;

    private IEnumerable<Tensor> Tensors =>
        _layers.SelectMany(layer => new[] { layer.RunningMean, layer.RunningVariance })
            .Concat(_foreign.SelectMany(layer => new[] { layer.running_mean!, layer.running_var! }));

    /// <summary>Forward passes normalize by their batch and leave the running statistics alone, until disposed.</summary>
    public MomentumScope Freeze() => new(this, momentum: 0, new Kept(_foreign.SelectMany(layer => new[] { layer.running_mean!, layer.running_var! })));

    /// <summary>
    /// Forward passes of a network in evaluation mode normalize by their batch and move the running statistics towards it by the given part, until disposed.
    /// </summary>
    public MomentumScope Learn(double momentum)
    {
        var scope = new MomentumScope(this, momentum);
        foreach (var layer in _layers)
            layer.train();
        foreach (var layer in _foreign)
            layer.train();
        return scope;
    }

    /// <summary>Forward passes of a network in training mode normalize by the running statistics and leave them as they are, until its mode is switched.</summary>
    public void Fix()
    {
        foreach (var layer in _layers)
            layer.eval();
        foreach (var layer in _foreign)
            layer.eval();
    }

    /// <summary>Copies the statistics, and writes them back once disposed.</summary>
    public Kept Keep() => new(Tensors);

    internal readonly struct MomentumScope : IDisposable
    {
        private readonly RunningStatistics _statistics;
        private readonly double _before;
        private readonly double?[] _foreignBefore;
        private readonly Kept? _kept;

        public MomentumScope(RunningStatistics statistics, double momentum, Kept? kept = null)
        {
            _statistics = statistics;
            _kept = kept;
            _before = statistics._layers.Count > 0 ? statistics._layers[0].Momentum : momentum;
            _foreignBefore = [.. statistics._foreign.Select(layer => layer.momentum)];
            foreach (var layer in statistics._layers)
                layer.Momentum = momentum;
            if (momentum > 0)
            {
                foreach (var layer in statistics._foreign)
                    layer.momentum = momentum;
            }
        }

        public void Dispose()
        {
            foreach (var layer in _statistics._layers)
                layer.Momentum = _before;
            foreach (var (layer, momentum) in _statistics._foreign.Zip(_foreignBefore))
                layer.momentum = momentum;
            _kept?.Dispose();
        }
    }

    internal readonly struct Kept : IDisposable
    {
        private readonly List<(Tensor Value, Tensor Copy)> _copies;

        public Kept(IEnumerable<Tensor> tensors) => _copies = [.. tensors.Select(value => (value, value.clone().DetachFromDisposeScope()))];

        public void Dispose()
        {
            using var _ = no_grad();
            foreach (var (value, copy) in _copies)
            {
                value.copy_(copy);
                copy.Dispose();
            }
        }
    }
}
