using Microsoft.ML.Regularization.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Adds to each token (batch, tokens, width) the learned vector of its place. These are not decayed.</summary>
internal sealed class PositionLayer : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "table")]
    private readonly Parameter _table;

    /// <param name="table">(places, width), at least as many as there ever are tokens.</param>
    public PositionLayer(Tensor table)
        : base(nameof(PositionLayer))
    {
        _table = ModuleParameter.Of(table);
        register_parameter("table", _table);
    }

    /// <summary>Places that it has vectors for.</summary>
    public int Places => (int)_table.shape[0];

    /// <summary>Where the vectors are.</summary>
    public ParameterMemory Memory => new(_table);

    public override Tensor forward(Tensor input) => input.Plus(_table.narrow(0, 0, input.shape[1]));
}
