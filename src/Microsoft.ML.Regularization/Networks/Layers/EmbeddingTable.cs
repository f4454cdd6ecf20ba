using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>
/// A learned vector for each value of a category: keys (batch) to vectors (batch, size). Row 0 is that of missing values; only they train it, so that without
/// any in training it stays at its start.
/// </summary>
internal sealed class EmbeddingTable : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "weight")]
    private readonly Parameter _weight;

    /// <param name="weight">(values and one more, size).</param>
    public EmbeddingTable(Tensor weight)
        : base(nameof(EmbeddingTable))
    {
        var (slots, size) = ((int)weight.shape[0], (int)weight.shape[1]);
        _weight = ModuleParameter.Of(weight);
        register_parameter("weight", _weight);
        Matrix = new SlotMatrix(_weight, slots, size, isTransposed: false);
    }

    public SlotMatrix Matrix { get; }

    public override Tensor forward(Tensor keys) => training && Matrix.IsLazy ? SlotLookup.Of(keys, Matrix) : _weight.index_select(0, keys);
}
