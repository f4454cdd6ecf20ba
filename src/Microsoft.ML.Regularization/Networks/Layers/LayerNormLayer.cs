using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>Layer normalization of rows (batch, units): each row by its own mean and variance, then <c>* weight + bias</c>.</summary>
internal sealed class LayerNormLayer : nn.Module<Tensor, Tensor>
{
    private readonly long[] _shape;

    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;

    [ComponentName(Name = "bias")]
    private readonly Parameter _bias;

    public LayerNormLayer(int units)
        : base(nameof(LayerNormLayer))
    {
        _shape = [units];
        _weight = ModuleParameter.Of(FloatTensors.Ones(units));
        _bias = ModuleParameter.Of(FloatTensors.Zeros(units));
        register_parameter("weight", _weight);
        register_parameter("bias", _bias);
    }

    public override Tensor forward(Tensor input) => nn.functional.layer_norm(input, _shape, _weight, _bias);
}
