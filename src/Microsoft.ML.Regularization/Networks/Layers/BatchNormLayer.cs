using Microsoft.ML.Regularization.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// Batch normalization of rows (batch, units), or of maps (batch, units, height, width) over rows and places: <c>(x - mean) / sqrt(variance + 1e-5) * weight +
/// bias</c> with the batch's statistics in training, and at scoring their running averages. See <see cref="RunningStatistics"/>.
/// </summary>
internal sealed class BatchNormLayer : NormalizationLayer
{
    /// <summary>PyTorch's default: about the last ten batches count.</summary>
    public const double UsualMomentum = 0.1;

    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;

    [ComponentName(Name = "bias")]
    private readonly Parameter _bias;

    [ComponentName(Name = "running_mean")]
    private readonly Tensor _runningMean;

    [ComponentName(Name = "running_var")]
    private readonly Tensor _runningVariance;

    public BatchNormLayer(int units)
        : base(nameof(BatchNormLayer))
    {
        _weight = ModuleParameter.Of(FloatTensors.Ones(units));
        _bias = ModuleParameter.Of(FloatTensors.Zeros(units));
        _runningMean = FloatTensors.Zeros(units);
        _runningVariance = FloatTensors.Ones(units);
        register_parameter("weight", _weight);
        register_parameter("bias", _bias);
        register_buffer("running_mean", _runningMean);
        register_buffer("running_var", _runningVariance);
    }

    /// <summary>The part of a batch's statistics in the running ones; 0 leaves these as they are.</summary>
    public double Momentum { get; set; } = UsualMomentum;

    public Tensor RunningMean => _runningMean;

    public Tensor RunningVariance => _runningVariance;

    public override Tensor forward(Tensor input) =>
        nn.functional.batch_norm(input, _runningMean, _runningVariance, _weight, _bias, training, Momentum);

    /// <summary>What it does at scoring: <c>x * factor + shift</c> for each unit.</summary>
    public (Tensor Factor, Tensor Shift) Affine()
    {
        var factor = _weight / _runningVariance.Plus(BatchNormPass.Epsilon).sqrt();
        return (factor, _bias - _runningMean * factor);
    }

    public override RowPass CreatePass() => new BatchNormPass(
        (int)_weight.shape[0], new ParameterMemory(_weight), new ParameterMemory(_bias),
        (new ParameterMemory(_runningMean), new ParameterMemory(_runningVariance)), () => Momentum, () => training);

    public override (Tensor Mean, Tensor Variance) Moments(Tensor mean, Tensor variance)
    {
        var factor = _weight / _runningVariance.Plus(BatchNormPass.Epsilon).sqrt();
        return (((mean - _runningMean) * factor).Plus(_bias), variance * factor.Squared());
    }
}
