using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The gradients of linear layers, and of what units go through.</summary>
internal static class UnitGradients
{
    /// <summary>That of a layer; null where it is another.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="width">Numbers of a row before it.</param>
    /// <param name="parts">The parts of the network that scoring needs.</param>
    public static LayerGradient? Of(LayerDescription layer, int width, TrainedParts parts) => layer switch
    {
        LinearDescription linear => new LinearGradient(parts.Context, parts.Weights, linear),
        NormalizationDescription normalization => Of(NormalizationFunction.Read(parts.Context, parts.Weights, normalization)),
        ActivationDescription activation => ActivationGradients.Of(activation.Activation, width),
        ParametricActivationDescription parametric => ActivationGradients.Of(parametric.Activation, width, Read(parts, parametric.Name + ".mixing", width, parametric.Factor)),
        ScaleDescription scale => new AffineGradient(Read(parts, scale.Name + ".factor", width, scale.Factor), new float[width]),
        _ => null,
    };

    private static LayerGradient Of(NormalizationFunction normalization) =>
        normalization.IsAffine ? new AffineGradient(normalization.Scale, normalization.Shift) : new LayerNormGradient(normalization);

    private static float[] Read(TrainedParts parts, string name, int units, double factor)
    {
        var values = parts.Weights.Read(parts.Context, name, units);
        TensorPrimitives.Multiply(values, (float)factor, values);
        return values;
    }
}
