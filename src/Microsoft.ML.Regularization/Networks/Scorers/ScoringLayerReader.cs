using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Creates scoring layers from a network's description: each combines a linear layer with the layers after it up to the next linear one.</summary>
/// <param name="context">For errors.</param>
/// <param name="weights">The network's weights.</param>
/// <param name="dropout">The settings that the network was trained with.</param>
internal sealed class ScoringLayerReader(IExceptionContext context, NetworkWeights weights, Dropout? dropout)
{
    /// <summary>Linear layers one behind the other.</summary>
    public IEnumerable<ScoringLayer> ReadAll(IEnumerable<LayerDescription> layers)
    {
        var rest = layers.ToArray();
        for (var place = 0; place < rest.Length;)
        {
            var linear = (LinearDescription)rest[place++];
            NormalizationFunction? normalization = null;
            Activation? activation = null;
            var hasUnitNoise = false;
            for (; place < rest.Length && rest[place] is not LinearDescription; place++)
            {
                switch (rest[place])
                {
                    case NormalizationDescription description:
                        normalization = Read(description);
                        break;
                    case ActivationDescription description:
                        activation = description.Activation;
                        break;
                    case NoiseDescription:
                        hasUnitNoise = true;
                        break;
                    default:
                        throw new ArgumentException($"{rest[place]} is not read here.", nameof(layers));
                }
            }

            // The expectation is that of an activation.
            yield return new ScoringLayer(context, weights, linear, normalization, activation, hasUnitNoise, activation is null ? null : dropout);
        }
    }

    public NormalizationFunction Read(NormalizationDescription normalization) =>
        NormalizationFunction.Read(context, weights, normalization.Name, normalization.Normalization, normalization.Units);
}
