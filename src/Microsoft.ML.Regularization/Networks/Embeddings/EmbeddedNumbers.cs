using Microsoft.ML.Regularization.Inputs;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// A network's <see cref="NumericalEmbedding"/>: in the place of a row's numbers the vectors of its quantities, and behind them its flags as they are. See
/// <see cref="InputLayout.Flags"/>.
/// </summary>
internal sealed class EmbeddedNumbers
{
    /// <summary>The name of its layer among the network's modules.</summary>
    public const string LayerName = NumericalEmbedding.LayerName;

    private readonly int _numbers;
    private readonly int[] _quantities;
    private readonly int[] _flags;

    private EmbeddedNumbers(nn.Module<Tensor, Tensor> layer, InputLayout input) =>
        (Layer, _numbers, _quantities, _flags) = (layer, input.Numbers, [.. input.Quantities], [.. input.Flags]);

    /// <summary>From quantities to their vectors.</summary>
    public nn.Module<Tensor, Tensor> Layer { get; }

    /// <summary>Null where nothing is embedded.</summary>
    /// <param name="embedding">Null for none.</param>
    /// <param name="input">The network's input.</param>
    /// <param name="builder">Draws its initial weights.</param>
    /// <param name="rate">Its learning rate over that of the network.</param>
    public static EmbeddedNumbers? Create(NumericalEmbedding? embedding, InputLayout input, NetworkBuilder builder, double rate = 1) =>
        embedding is null || input.QuantityCount == 0 ? null : new EmbeddedNumbers(embedding.CreateLayer(input.QuantityCount, rate, builder), input);

    /// <summary>Embeds the numbers of rows; what follows them in a row stays.</summary>
    /// <param name="numbers">Null for none.</param>
    /// <param name="rows">(batch, numbers and what follows them).</param>
    public static Tensor Embed(EmbeddedNumbers? numbers, Tensor rows) => numbers is null ? rows : numbers.Embed(rows);

    /// <summary>In managed code, what makes a row's numbers and keys vectors; none where they stay as they are, and null where libtorch alone computes it.</summary>
    /// <param name="numbers">Embeds the numbers; null for none.</param>
    /// <param name="categories">Embeds the keys; null for none.</param>
    public static IEnumerable<RowPass?> CreatePasses(EmbeddedNumbers? numbers, CategoryLayer? categories)
    {
        if (numbers is { Layer: not INumberLayer })
            return [null];
        var pass = numbers?.CreatePass();
        var embedding = categories is null ? pass : categories.CreatePass(pass);
        return embedding is null ? [] : [embedding];
    }

    private InputPass CreatePass()
    {
        var pass = ((INumberLayer)Layer).CreatePass();
        return _flags.Length == 0 ? pass : new QuantityPass(pass, _quantities, _flags);
    }

    private Tensor Embed(Tensor rows)
    {
        var rest = rows.shape[1] - _numbers;
        if (_flags.Length == 0)
            return rest == 0 ? Layer.forward(rows) : cat([Layer.forward(rows.narrow(1, 0, _numbers)), rows.narrow(1, _numbers, rest)], 1);
        return cat([Layer.forward(Of(rows, _quantities)), Of(rows, _flags), rows.narrow(1, _numbers, rest)], 1);
    }

    private static Tensor Of(Tensor rows, int[] columns)
    {
        using var places = tensor(columns, device: rows.device);
        return rows.index_select(1, places);
    }
}
