using Microsoft.ML.Regularization.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Layer normalization of rows (batch, ..., units): each by the mean and variance of its own units, then <c>* weight + bias</c>.</summary>
internal sealed class LayerNormLayer : NormalizationLayer
{
    /// <summary>PyTorch's default.</summary>
    public const double UsualEpsilon = 1e-5;

    private readonly long[] _shape;
    private readonly double _epsilon;

    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;

    [ComponentName(Name = "bias")]
    private readonly Parameter _bias;

    /// <param name="units">How many there are.</param>
    /// <param name="epsilon">Is added to the variance.</param>
    public LayerNormLayer(int units, double epsilon = UsualEpsilon)
        : base(nameof(LayerNormLayer))
    {
        (_shape, _epsilon) = ([units], epsilon);
        _weight = ModuleParameter.Of(FloatTensors.Ones(units));
        _bias = ModuleParameter.Of(FloatTensors.Zeros(units));
        register_parameter("weight", _weight);
        register_parameter("bias", _bias);
    }

    public override Tensor forward(Tensor input) => nn.functional.layer_norm(input, _shape, _weight, _bias, _epsilon);

    public override RowPass CreatePass() => new LayerNormPass((int)_shape[0], new ParameterMemory(_weight), new ParameterMemory(_bias), _epsilon);

    /// <summary>With the expectation of the row's variance in place of the variance, which it tends to in wide layers.</summary>
    public override (Tensor Mean, Tensor Variance) Moments(Tensor mean, Tensor variance)
    {
        var units = (double)mean.shape[^1];
        var centred = mean - mean.mean([-1], keepdim: true);
        var meanVariance = variance.mean([-1], keepdim: true);
        var rowVariance = centred.Squared().mean([-1], keepdim: true).Plus(meanVariance.Times(1 - 1 / units)).Plus(_epsilon);

        // Subtracting the row's mean removes a part of each unit's noise.
        var centredVariance = variance.Times(1 - 2 / units).Plus(meanVariance.Over(units));
        return ((centred / rowVariance.sqrt() * _weight).Plus(_bias), centredVariance / rowVariance * _weight.Squared());
    }
}
