namespace Microsoft.ML.Regularization.Networks;

/// <summary>Creates the steps of a network's description.</summary>
/// <param name="parts">The network's weights and recipe.</param>
/// <param name="blocks">Residual blocks that the network has.</param>
internal sealed class MapStepReader(TrainedParts parts, int blocks)
{
    private int _block;

    /// <param name="layers">Layers of maps, one behind the other.</param>
    /// <param name="inputs">The size of the maps before them.</param>
    public MapSteps Read(IReadOnlyList<LayerDescription> layers, MapSize inputs)
    {
        var steps = new List<MapStep>();
        for (var place = 0; place < layers.Count; place++)
        {
            var size = steps.Count > 0 ? steps[^1].Outputs : inputs;
            switch (layers[place])
            {
                case ConvolutionDescription convolution:
                    var normalization = place + 1 < layers.Count && layers[place + 1] is MapNormalizationDescription { Normalization: Normalization.Batch } next ? next : null;
                    place += normalization is null ? 0 : 1;
                    steps.Add(new ConvolutionStep(parts, convolution, normalization?.Read(parts), size));
                    break;
                case MapDescription description:
                    steps.Add(description.CreateStep(parts, size));
                    break;
                case ActivationDescription description:
                    if (steps.Count == 0 || steps[^1].Activation is not null)
                        steps.Add(new SameMapsStep(size));
                    steps[^1].Activation = description.Activation;
                    break;
                case ResidualDescription residual:
                    steps.Add(Read(residual, size));
                    break;
                case NoiseDescription:
                    break;
                default:
                    throw new ArgumentException($"{layers[place]} is not read here.", nameof(layers));
            }
        }

        return new MapSteps(steps);
    }

    private ResidualStep Read(ResidualDescription residual, MapSize size)
    {
        var depth = parts.Recipe.StochasticDepth;
        var factor = depth?.ScoringFactor(depth.SurvivalOf(_block++, blocks)) ?? 1;
        return new ResidualStep(Read(residual.Branch, size), residual.Shortcut.Count == 0 ? null : Read(residual.Shortcut, size), factor);
    }
}
