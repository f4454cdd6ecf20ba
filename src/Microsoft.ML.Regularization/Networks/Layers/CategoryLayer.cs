using System.Globalization;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// Rows (batch, numbers and keys) to rows (batch, numbers and the vectors of the keys). Each key has its own table, even if one column holds several: keys
/// with the same dictionary may still mean different things.
/// </summary>
internal sealed class CategoryLayer : nn.Module<Tensor, Tensor>
{
    private readonly int _numbers;
    private readonly IReadOnlyList<nn.Module<Tensor, Tensor>> _tables;

    /// <param name="numbers">Numbers in front of the keys.</param>
    /// <param name="tables">From keys (batch) to vectors (batch, size), one for each key.</param>
    public CategoryLayer(int numbers, IReadOnlyList<nn.Module<Tensor, Tensor>> tables)
        : base(nameof(CategoryLayer))
    {
        _numbers = numbers;
        _tables = tables;
        for (var i = 0; i < tables.Count; i++)
            register_module(i.ToString(CultureInfo.InvariantCulture), tables[i]);
    }

    /// <summary>The layer that embeds the categories of an input by <see cref="EmbeddingSize"/>; null for an input of numbers alone.</summary>
    public static CategoryLayer? Create(InputLayout input, NetworkBuilder builder) =>
        input.Categories.Count == 0
        ? null
        : new CategoryLayer(input.Numbers, [.. input.KeyValues.Select(values => EmbeddingTable.Create(values, EmbeddingSize.Of(values), builder))]);

    /// <summary>The same in managed code, with the numbers embedded too.</summary>
    /// <param name="numbers">Embeds the numbers; null where they stay as they are.</param>
    public InputPass CreatePass(InputPass? numbers) => new EmbeddingPass(_numbers, numbers, [.. _tables.Cast<IKeyTable>().Select(table => table.CreatePass())]);

    /// <summary>The tables, one for each key.</summary>
    public IReadOnlyList<nn.Module<Tensor, Tensor>> Tables => _tables;

    /// <summary>How many rows (batch, numbers and keys) have each value of a key, behind how many have none.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="key">The key's place, from 0.</param>
    /// <param name="values">Values that are known.</param>
    public long[] Count(Tensor input, int key, int values)
    {
        using var counts = input.select(1, _numbers + key).to_type(ScalarType.Int64).bincount(weights: null, minlength: values + 1).cpu();
        return counts.data<long>().ToArray();
    }

    public override Tensor forward(Tensor input)
    {
        var keys = input.detach().narrow(1, _numbers, _tables.Count).to_type(ScalarType.Int64);
        var vectors = _tables.Select((table, i) => table.forward(keys.select(1, i)));
        return cat([.. _numbers > 0 ? vectors.Prepend(input.narrow(1, 0, _numbers)) : vectors], 1);
    }

    /// <summary>Only the vectors of the keys, for sparse rows: (batch, sizes of all tables).</summary>
    public Tensor Embed(SparseRows rows)
    {
        using var floats = FloatTensors.Of(rows.Keys, rows.Count, _tables.Count);
        var keys = floats.to_type(ScalarType.Int64);
        return cat([.. _tables.Select((table, i) => table.forward(keys.select(1, i)))], 1);
    }
}
