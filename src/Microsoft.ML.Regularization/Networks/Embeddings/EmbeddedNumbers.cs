using Microsoft.ML.Regularization.Inputs;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>What networks for tables share about a <see cref="NumericalEmbedding"/> that they may have.</summary>
internal static class EmbeddedNumbers
{
    /// <summary>The name of its layer among the network's modules.</summary>
    public const string LayerName = NumericalEmbedding.LayerName;

    /// <summary>Its layer; null for none.</summary>
    /// <param name="embedding">Null for none.</param>
    /// <param name="input">The network's input.</param>
    /// <param name="builder">Draws its initial weights.</param>
    /// <param name="rate">Its learning rate over that of the network.</param>
    public static nn.Module<Tensor, Tensor>? CreateLayer(NumericalEmbedding? embedding, InputLayout input, NetworkBuilder builder, double rate = 1) =>
        input.Numbers == 0 ? null : embedding?.CreateLayer(input.Numbers, rate, builder);

    /// <summary>Puts the vectors of numbers in their place, in front of what follows them in a row.</summary>
    public static Tensor Embed(nn.Module<Tensor, Tensor>? layer, int numbers, Tensor rows)
    {
        if (layer is null)
            return rows;
        var rest = rows.shape[1] - numbers;
        return rest == 0 ? layer.forward(rows) : cat([layer.forward(rows.narrow(1, 0, numbers)), rows.narrow(1, numbers, rest)], 1);
    }

    /// <summary>In managed code, what makes a row's numbers and keys vectors; none where they stay as they are, and null where libtorch alone computes it.</summary>
    /// <param name="layer">Embeds the numbers; null for none.</param>
    /// <param name="categories">Embeds the keys; null for none.</param>
    public static IEnumerable<RowPass?> CreatePasses(nn.Module<Tensor, Tensor>? layer, CategoryLayer? categories)
    {
        if (layer is not (null or INumberLayer))
            return [null];
        var numbers = ((INumberLayer?)layer)?.CreatePass();
        var embedding = categories is null ? numbers : categories.CreatePass(numbers);
        return embedding is null ? [] : [embedding];
    }
}
