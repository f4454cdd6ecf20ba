using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Rows (batch, units) to <c>x + a (f(x) - x)</c> with a learned a for each unit, which starts at 1. See <see cref="RealMlpArchitecture"/>.</summary>
internal sealed class ParametricActivationLayer : nn.Module<Tensor, Tensor>
{
    /// <summary>The parameter is stored divided by this constant.</summary>
    public const double Rate = 0.1;

    private readonly Activation _activation;

    [ComponentName(Name = "mixing")]
    private readonly Parameter _mixing;

    public ParametricActivationLayer(Activation activation, int units, NetworkBuilder builder)
        : base(nameof(ParametricActivationLayer))
    {
        _activation = activation;
        using var ones = FloatTensors.Ones(units);
        _mixing = ModuleParameter.Of(ones.Over(Rate));
        register_parameter("mixing", _mixing);
        builder.DecayFactors.Add(new DecayFactor(_mixing, Rate * Rate));
    }

    /// <summary>The activation of a pass behind a linear layer.</summary>
    public DensePass CreatePass(TangentLayer linear, MultiplicativeNoiseLayer? noise) => linear.CreatePass(_activation, new ParameterMemory(_mixing), noise);

    public override Tensor forward(Tensor input) => input.Plus((ActivationLayer.Apply(_activation, input) - input) * _mixing.Times(Rate));
}
