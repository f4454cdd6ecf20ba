using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The layer for each <see cref="Normalization"/>; null for none.</summary>
internal static class Normalizations
{
    /// <summary>Of rows (batch, units).</summary>
    public static NormalizationLayer? OfRows(Normalization normalization, int units) => normalization switch
    {
        Normalization.None => null,
        Normalization.Batch => new BatchNormLayer(units),
        Normalization.Layer => new LayerNormLayer(units),
        _ => throw new ArgumentOutOfRangeException(nameof(normalization), normalization, message: null),
    };

    /// <summary>Of maps (batch, channels, height, width).</summary>
    public static nn.Module<Tensor, Tensor>? OfMaps(Normalization normalization, int channels) => normalization switch
    {
        Normalization.None => null,
        Normalization.Batch => new BatchNormLayer(channels),
        Normalization.Layer => new MapNormLayer(channels),
        _ => throw new ArgumentOutOfRangeException(nameof(normalization), normalization, message: null),
    };
}
