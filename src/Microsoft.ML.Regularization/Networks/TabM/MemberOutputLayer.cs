using Microsoft.ML.Regularization.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// A linear layer for each member: rows (batch, members, in) to (batch, members, out). Weights are (members * out, in), one member after the other, so that each
/// row of them is that of a unit.
/// </summary>
internal sealed class MemberOutputLayer : nn.Module<Tensor, Tensor>
{
    private readonly int _members;

    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;

    [ComponentName(Name = "bias")]
    private readonly Parameter _bias;

    public MemberOutputLayer(int members, int inputs, int outputs, NetworkBuilder builder)
        : base(nameof(MemberOutputLayer))
    {
        _members = members;
        var bound = 1 / Math.Sqrt(inputs);
        _weight = ModuleParameter.Of(builder.Weights.Uniform(bound, (long)members * outputs, inputs));
        _bias = ModuleParameter.Of(builder.Weights.Uniform(bound, (long)members * outputs));
        register_parameter("weight", _weight);
        register_parameter("bias", _bias);
    }

    /// <summary>The same in managed code.</summary>
    public RowPass CreatePass() => new MemberOutputPass(
        _members, (int)_weight.shape[1], (int)_weight.shape[0] / _members, new ParameterMemory(_weight), new ParameterMemory(_bias));

    public override Tensor forward(Tensor input)
    {
        var (members, inputs) = ((long)_members, input.shape[2]);
        var weights = _weight.view(members, -1, inputs).transpose(1, 2);
        return input.transpose(0, 1).matmul(weights).transpose(0, 1).Plus(_bias.view(members, -1));
    }
}
