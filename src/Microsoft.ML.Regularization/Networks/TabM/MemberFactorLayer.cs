using Microsoft.ML.Regularization.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Rows (batch, width) to the rows of all members (batch, members, width): each member multiplies them by factors of its own. See <see cref="TabMArchitecture"/>.</summary>
internal sealed class MemberFactorLayer : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "factor")]
    private readonly Parameter _factor;

    /// <param name="members">How many members.</param>
    /// <param name="chunks">How many numbers each feature of a row has become, one feature after the other.</param>
    /// <param name="areSigns">Whether factors start as -1 or 1 rather than as normal numbers.</param>
    /// <param name="builder">Draws one initial factor for each member and feature.</param>
    public MemberFactorLayer(int members, IReadOnlyList<int> chunks, bool areSigns, NetworkBuilder builder)
        : base(nameof(MemberFactorLayer))
    {
        using var drawn = builder.Weights.Normal(1, members, chunks.Count);
        var factors = new float[members * chunks.Sum()];
        var (values, next) = (drawn.data<float>().ToArray(), 0);
        for (var member = 0; member < members; member++)
        {
            foreach (var (feature, size) in chunks.Index())
            {
                var value = values[member * chunks.Count + feature];
                factors.AsSpan(next, size).Fill(areSigns ? MathF.CopySign(1, value) : value);
                next += size;
            }
        }

        _factor = ModuleParameter.Of(FloatTensors.Of(factors, members, chunks.Sum()));
        register_parameter("factor", _factor);
    }

    /// <summary>The same in managed code.</summary>
    public RowPass CreatePass() => new FactorPass((int)_factor.shape[0], (int)_factor.shape[1], new ParameterMemory(_factor));

    public override Tensor forward(Tensor input) => MemberFactors.Of(input, _factor);
}
