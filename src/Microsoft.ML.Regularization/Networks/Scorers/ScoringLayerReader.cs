using System.Numerics.Tensors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Creates scoring layers from a network's description: each combines a linear layer with the layers after it up to the next linear one.</summary>
/// <param name="context">For errors.</param>
/// <param name="weights">The network's weights.</param>
/// <param name="dropout">The settings that the network was trained with.</param>
internal sealed class ScoringLayerReader(IExceptionContext context, NetworkWeights weights, Dropout? dropout)
{
    /// <summary>See <see cref="ScoringLayer.NoiseUnits"/>.</summary>
    public int NoiseRows { get; init; } = 1;

    /// <summary>Linear layers one behind the other; embeddings before them are left out.</summary>
    public IEnumerable<ScoringLayer> ReadAll(IEnumerable<LayerDescription> layers)
    {
        var rest = layers.SkipWhile(layer => layer is EmbeddingDescription).ToArray();
        for (var place = 0; place < rest.Length;)
        {
            float[]? factors = null;
            if (rest[place] is ScaleDescription scale)
            {
                factors = Read(scale.Name + ".factor", scale.Units, scale.Factor);
                place++;
            }

            var linear = (LinearDescription)rest[place++];
            NormalizationFunction? normalization = null;
            UnitActivation? activation = null;
            var hasUnitNoise = false;
            for (; place < rest.Length && rest[place] is not (LinearDescription or ScaleDescription); place++)
            {
                switch (rest[place])
                {
                    case NormalizationDescription description:
                        normalization = Read(description);
                        break;
                    case ActivationDescription description:
                        activation = new UnitActivation(description.Activation);
                        break;
                    case ParametricActivationDescription description:
                        activation = new UnitActivation(description.Activation, Read(description.Name + ".mixing", description.Units, description.Factor));
                        break;
                    case NoiseDescription:
                        hasUnitNoise = true;
                        break;
                    default:
                        throw new ArgumentException($"{rest[place]} is not read here.", nameof(layers));
                }
            }

            // The expectation is that of an activation.
            yield return new ScoringLayer(context, weights, linear, factors, normalization, activation, hasUnitNoise ? NoiseRows * linear.Outputs : 0, activation is null ? null : dropout);
        }
    }

    public NormalizationFunction Read(NormalizationDescription normalization) =>
        NormalizationFunction.Read(context, weights, normalization);

    private float[] Read(string name, int units, double factor)
    {
        var values = weights.Read(context, name, units);
        TensorPrimitives.Multiply(values, (float)factor, values);
        return values;
    }
}
