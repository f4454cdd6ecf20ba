using Microsoft.ML.Regularization.Tensors;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// A learned vector for each value of a category: keys (batch) to vectors (batch, size). Row 0 belongs to missing values; only they train it, so without any
/// in training it keeps its initial value. Tokens of texts have such a table too: see <see cref="TokenTable"/>.
/// </summary>
internal sealed class EmbeddingTable : nn.Module<Tensor, Tensor>, IKeyTable
{
    // A pass over fewer costs no more than to find out which are touched.
    private const long LeastLazyWeights = 1 << 16;

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

    /// <summary>
    /// A table whose vectors start uniformly distributed with an expected length of 1, that of a one-hot code; the vector of missing values starts at 0,
    /// where it has no effect.
    /// </summary>
    /// <param name="values">Values that are known.</param>
    /// <param name="size">Numbers of a vector.</param>
    /// <param name="builder">Draws them.</param>
    public static EmbeddingTable Create(int values, int size, NetworkBuilder builder)
    {
        var vectors = builder.Weights.Uniform(Math.Sqrt(3.0 / size), values + 1L, size);
        vectors.bytes[..(size * sizeof(float))].Clear();
        return Of(vectors, builder);
    }

    /// <summary>A table of initial vectors (values and one more, size).</summary>
    public static EmbeddingTable Of(Tensor vectors, NetworkBuilder builder)
    {
        var table = new EmbeddingTable(vectors);
        if ((long)table.Matrix.Slots * table.Matrix.Width >= LeastLazyWeights)
            builder.SlotMatrices.Add(table.Matrix);
        return table;
    }

    public SlotMatrix Matrix { get; }

    public KeyTablePass CreatePass() => new EmbeddingTablePass(new TableMemory(Matrix));

    public override Tensor forward(Tensor keys) => training && Matrix.IsLazy ? SlotLookup.Of(keys, Matrix) : _weight.index_select(0, keys);
}
