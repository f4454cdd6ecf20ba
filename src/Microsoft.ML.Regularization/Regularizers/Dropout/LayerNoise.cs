namespace Microsoft.ML.Regularization;

/// <summary>
/// The noise of one layer in one pass of Monte-Carlo prediction. It is drawn when it is made and the same for every row. A kind of dropout overrides
/// what it changes, and is named in <see cref="Create"/> or, where it is on weights, in <see cref="WeightNoise.VarianceOf"/>.
/// </summary>
internal abstract class LayerNoise
{
    /// <summary>The noise of the recipe's dropout; null where it has none for the layer.</summary>
    /// <param name="network">The network.</param>
    /// <param name="layer">Its layer.</param>
    /// <param name="variance">That of the layer's weights; null where they are not random.</param>
    /// <param name="key">Of the layer.</param>
    /// <param name="pass">Of the prediction.</param>
    public static LayerNoise? Create(TrainedNetwork network, ScoringLayer layer, float[]? variance, RandomKey key, ulong pass) => network.Recipe.Dropout switch
    {
        StandardDropout { DropProbability: > 0 } dropout when layer.HasUnitNoise => MultiplicativeNoise.Of(dropout, layer.Outputs, key, pass),
        GaussianDropout { DropProbability: > 0 } dropout when layer.HasUnitNoise => MultiplicativeNoise.Of(dropout, layer.Outputs, key, pass),
        AlphaDropout { DropProbability: > 0 } dropout when layer.HasUnitNoise => new AlphaNoise(dropout, layer.Outputs, key, pass),
        DropConnect or VariationalDropout => variance is null ? null : new WeightNoise(variance, layer.Outputs, key, pass),
        null or StandardDropout or GaussianDropout or AlphaDropout or SpatialDropout => null,
        var other => throw new ArgumentOutOfRangeException(nameof(network), other, message: null),
    };

    /// <summary>Changes what the linear layer gives, before normalization that is not folded into its weights.</summary>
    /// <param name="input">The layer's input.</param>
    /// <param name="sums">One value for each unit.</param>
    public virtual void ChangeSums(ReadOnlySpan<float> input, Span<float> sums)
    {
    }

    /// <summary>Changes the layer's output, after the activation.</summary>
    /// <param name="units">One value for each unit.</param>
    public virtual void ChangeUnits(Span<float> units)
    {
    }
}
