using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>
/// A linear layer whose weights are noisy while training: see <see cref="VariationalDropout"/>. An output is normal, of mean <c>W x + b</c> and variance
/// <c>sum alpha w^2 x^2</c>, and is drawn as such (Kingma et al., 2015, section 2.2).
/// </summary>
internal sealed class VariationalLayer : nn.Module<Tensor, Tensor>, IPenalizedLayer, IPrunedLayer
{
    public const string LogVariance = "log_variance";
    public const string LogAlpha = "log_alpha";

    // Keeps the logarithm of a weight that is 0, and the slope of a root at 0, finite.
    private const double Tiny = 1e-8;

    private readonly VariationalDropout _options;
    private readonly RandomKey _key;
    private readonly TrainingClock _clock;
    private readonly NoiseBuffer _noise = new();

    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;

    [ComponentName(Name = "bias")]
    private readonly Parameter _bias;

    [ComponentName(Name = LogVariance)]
    private readonly Parameter? _logVariance;

    [ComponentName(Name = LogAlpha)]
    private readonly Parameter? _logAlpha;

    /// <param name="weight">(out, in), of the given mean square.</param>
    /// <param name="bias">(out).</param>
    /// <param name="meanSquare">Of the initial weights.</param>
    /// <param name="options">The recipe's.</param>
    /// <param name="key">Of the noise.</param>
    /// <param name="clock">Tells the step, and how far training is.</param>
    public VariationalLayer(Tensor weight, Tensor bias, double meanSquare, VariationalDropout options, RandomKey key, TrainingClock clock)
        : base(nameof(VariationalLayer))
    {
        _options = options;
        _key = key;
        _clock = clock;
        var (outputs, inputs) = (weight.shape[0], weight.shape[1]);
        _weight = ModuleParameter.Of(weight);
        _bias = ModuleParameter.Of(bias);
        register_parameter("weight", _weight);
        register_parameter("bias", _bias);
        if (options.Rates == VariationalRates.Weight)
        {
            _logVariance = ModuleParameter.Of(FloatTensors.Zeros(outputs, inputs).Fill(Math.Log(options.InitialAlpha * meanSquare)));
            register_parameter(LogVariance, _logVariance);
        }
        else
        {
            _logAlpha = ModuleParameter.Of(
                FloatTensors.Zeros(options.Rates == VariationalRates.Neuron ? inputs : 1).Fill(Math.Log(options.InitialAlpha)));
            register_parameter(LogAlpha, _logAlpha);
        }
    }

    Tensor IPrunedLayer.Weight => _weight;

    public override Tensor forward(Tensor input)
    {
        if (!training)
            return DenseProduct.Of(input, PrunedWeight(), _bias);

        var mean = DenseProduct.Of(input, _weight, _bias);
        var variance = DenseProduct.Of(input.Squared(), _logVariance?.exp() ?? _weight.Squared() * _logAlpha!.exp());
        var noise = _noise.Draw(mean.shape, mean.device, noise => GaussianNoise.Fill(noise, _key, _clock.Step, mean: 0, deviation: 1));
        return mean.Plus(variance.Plus(Tiny).sqrt() * noise);
    }

    public Tensor? Penalty()
    {
        var warmUp = _options.WarmUpEpochs == 0 ? 1 : Math.Min(1, _clock.Epochs / _options.WarmUpEpochs);
        var factor = _options.KlWeight * warmUp / _clock.Rows;
        return factor == 0 ? null : Divergence().Times(factor);
    }

    /// <summary>Of all weights from the prior.</summary>
    public Tensor Divergence()
    {
        var logAlpha = LogRates();
        return LogUniformDivergence.Of(logAlpha).sum().Times((double)_weight.numel() / logAlpha.numel());
    }

    public Tensor PrunedWeight() => _weight.masked_fill(LogRates().IsAbove(_options.PruneThreshold), Scalars.Zero);

    public void QuietPrunedWeights()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        _logVariance?.masked_fill_(_weight.eq(Scalars.Zero), Scalars.NegativeInfinity);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _noise.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>By weight (out, in), by input (in), or of the layer (1).</summary>
    private Tensor LogRates() => _logVariance is null ? _logAlpha!.alias() : _logVariance - _weight.Squared().Plus(Tiny).log();
}
