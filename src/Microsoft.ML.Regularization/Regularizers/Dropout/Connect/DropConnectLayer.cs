using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>A linear layer whose weights are masked while training: see <see cref="DropConnect"/>.</summary>
internal sealed class DropConnectLayer : nn.Module<Tensor, Tensor>, IMomentLayer
{
    private readonly DropConnect _options;
    private readonly RandomKey _key;
    private readonly TrainingClock _clock;
    private readonly NoiseBuffer _masks = new();

    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;

    [ComponentName(Name = "bias")]
    private readonly Parameter _bias;

    public DropConnectLayer(Tensor weight, Tensor bias, DropConnect options, RandomKey key, TrainingClock clock)
        : base(nameof(DropConnectLayer))
    {
        _options = options;
        _key = key;
        _clock = clock;
        _weight = ModuleParameter.Of(weight);
        _bias = ModuleParameter.Of(bias);
        register_parameter("weight", _weight);
        register_parameter("bias", _bias);
    }

    public bool MatchesMoments => _options.Inference == DropConnectInference.MomentMatched && !training;

    public override Tensor forward(Tensor input)
    {
        if (!training)
            return DenseProduct.Of(input, _weight, _bias);
        if (_options.PerExample)
            return MaskedProduct.Of(input, _weight, new ExampleMasks(this, _clock.Step)).Plus(_bias);

        var mask = _masks.Draw(_weight.shape, _weight.device, noise => BernoulliMask.Fill(noise, _key, _clock.Step, 1 - _options.DropProbability * _clock.DropoutFactor));
        return DenseProduct.Of(input, _weight * mask, _bias);
    }

    // No two outputs of a row share a mask's element.
    public (Tensor Mean, Tensor Variance) Moments(Tensor input) => (
        DenseProduct.Of(input, _weight, _bias),
        DenseProduct.Of(input.Squared(), _weight.Squared()).Times(_options.MaskVariance));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _masks.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>The masks of a step's rows, each drawn from a key of its own, however many are drawn at a time.</summary>
    private sealed class ExampleMasks(DropConnectLayer layer, ulong step) : IExampleMasks
    {
        public Tensor Draw(long first, long rows)
        {
            var (outputs, inputs) = (layer._weight.shape[0], layer._weight.shape[1]);
            return layer._masks.Draw([rows, outputs, inputs], layer._weight.device, noise =>
            {
                var size = (int)(outputs * inputs);
                for (var row = 0; row < rows; row++)
                    BernoulliMask.Fill(noise.Slice(row * size, size), layer._key.Derive((ulong)(first + row)), step, 1 - layer._options.DropProbability * layer._clock.DropoutFactor);
            });
        }
    }
}
