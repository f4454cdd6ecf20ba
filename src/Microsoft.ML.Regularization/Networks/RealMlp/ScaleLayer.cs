using Microsoft.ML.Regularization.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// Rows (batch, units) times a learned factor for each unit, which starts at 1 and is decayed: a soft selection of features. See <see cref="RealMlpArchitecture"/>.
/// </summary>
internal sealed class ScaleLayer : nn.Module<Tensor, Tensor>
{
    /// <summary>The stored parameters are the factors divided by this constant.</summary>
    public const double Rate = 6;

    [ComponentName(Name = "factor")]
    private readonly Parameter _factor;

    /// <param name="units">Numbers of a row.</param>
    /// <param name="decay">The factor of their weight decay.</param>
    /// <param name="builder">Takes note of it.</param>
    public ScaleLayer(int units, double decay, NetworkBuilder builder)
        : base(nameof(ScaleLayer))
    {
        using var ones = FloatTensors.Ones(units);
        _factor = ModuleParameter.Of(ones.Over(Rate));
        register_parameter("factor", _factor);
        builder.DecayFactors.Add(new DecayFactor(_factor, decay));
    }

    /// <summary>Numbers of a row.</summary>
    public int Units => (int)_factor.shape[0];

    /// <summary>The same in managed code.</summary>
    public RowPass CreatePass() => new FactorPass(members: 1, Units, new ParameterMemory(_factor), (float)Rate);

    public override Tensor forward(Tensor input) => input * _factor.Times(Rate);
}
