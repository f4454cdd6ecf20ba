using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Tensors;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// A fixed vector for each value of a category: keys (batch) to one-hot codes (batch, values), of two values to 1 and -1 (batch, 1), and of missing ones to 0.
/// Training brings these numbers to the scale of its rows.
/// </summary>
internal sealed class OneHotTable : nn.Module<Tensor, Tensor>, IKeyTable
{
    [ComponentName(Name = "codes")]
    private readonly Tensor _codes;

    public OneHotTable(int values)
        : base(nameof(OneHotTable))
    {
        var size = SizeOf(values);
        var codes = new float[(values + 1) * size];
        for (var value = 1; value <= values; value++)
            codes[value * size + (values == 2 ? 0 : value - 1)] = values == 2 && value == 2 ? -1 : 1;
        _codes = FloatTensors.Of(codes, values + 1, size);
        register_buffer("codes", _codes);
    }

    /// <summary>Numbers of a code.</summary>
    public static int SizeOf(int values) => values == 2 ? 1 : values;

    public KeyTablePass CreatePass() => new OneHotTablePass(_codes);

    /// <summary>Brings its numbers to the scale of rows: see <see cref="CodeScale"/>.</summary>
    /// <param name="rows">How many rows have no value, and how many each.</param>
    public void Scale(ReadOnlySpan<long> rows)
    {
        using var copy = _codes.cpu().contiguous().clone();
        CodeScale.Apply(MemoryMarshal.Cast<byte, float>(copy.bytes), rows);
        _codes.copy_(copy);
    }

    public override Tensor forward(Tensor keys) => _codes.index_select(0, keys);
}
