using Microsoft.ML.Regularization.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// Rows (batch, units) times a learned factor for each unit, which starts at 1: a soft selection of features. See <see cref="RealMlpArchitecture"/>.
/// </summary>
internal sealed class ScaleLayer : nn.Module<Tensor, Tensor>
{
    /// <summary>The stored parameters are the factors divided by this constant.</summary>
    public const double Rate = 6;

    [ComponentName(Name = "factor")]
    private readonly Parameter _factor;

    public ScaleLayer(int units)
        : base(nameof(ScaleLayer))
    {
        using var ones = FloatTensors.Ones(units);
        _factor = ModuleParameter.Of(ones.Over(Rate));
        register_parameter("factor", _factor);
    }

    public override Tensor forward(Tensor input) => input * _factor.Times(Rate);
}
