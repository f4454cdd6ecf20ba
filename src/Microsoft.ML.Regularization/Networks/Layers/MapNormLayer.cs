using Microsoft.ML.Regularization.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// Layer normalization of maps (batch, channels, height, width): each row by the mean and variance over all its channels and places, then scale and shift by
/// channel. This is group normalization with a single group (Wu and He, 2018).
/// </summary>
internal sealed class MapNormLayer : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;

    [ComponentName(Name = "bias")]
    private readonly Parameter _bias;

    public MapNormLayer(int channels)
        : base(nameof(MapNormLayer))
    {
        _weight = ModuleParameter.Of(FloatTensors.Ones(channels));
        _bias = ModuleParameter.Of(FloatTensors.Zeros(channels));
        register_parameter("weight", _weight);
        register_parameter("bias", _bias);
    }

    public override Tensor forward(Tensor input) => nn.functional.group_norm(input, 1, _weight, _bias);
}
