namespace Microsoft.ML.Regularization;

/// <summary>The kinds of noise that a recipe can be given, as members of <see cref="Dropout"/>: <c>Dropout.Gaussian(0.2)</c>.</summary>
public static class Dropouts
{
    extension(Dropout)
    {
        /// <summary>Units are zeroed. A number means the same: <c>Dropout = 0.2</c>.</summary>
        /// <param name="dropProbability">Probability to drop a unit, at least 0 (none) and below 1.</param>
        public static StandardDropout Standard(double dropProbability) => new(dropProbability);

        /// <summary>Units are multiplied by normal numbers.</summary>
        /// <param name="dropProbability">Gives the variance p / (1 - p): at least 0 (no noise) and below 1 (unbounded noise).</param>
        public static GaussianDropout Gaussian(double dropProbability) => new(dropProbability);

        /// <summary>Units of SELU networks take SELU's lowest value, so that means and variances stay.</summary>
        /// <param name="dropProbability">Probability to drop a unit, at least 0 (none) and below 1.</param>
        public static AlphaDropout Alpha(double dropProbability) => new(dropProbability);

        /// <summary>Whole feature maps are zeroed.</summary>
        /// <param name="dropProbability">Probability to drop a map, at least 0 (none) and below 1.</param>
        public static SpatialDropout Spatial(double dropProbability) => new(dropProbability);

        /// <summary>Weights are zeroed; change how by <c>with</c>: <c>Dropout.Connect(0.5) with { PerExample = true }</c>.</summary>
        /// <param name="dropProbability">Probability to drop a weight, at least 0 (none) and below 1.</param>
        public static DropConnect Connect(double dropProbability) => new(dropProbability);

        /// <summary>Weights are multiplied by normal numbers whose variances are learned, and those that are not needed are pruned.</summary>
        /// <param name="klWeight">The weight of the divergence from the prior, at least 0 (the noise is learned away).</param>
        public static VariationalDropout Variational(double klWeight = 1) => new() { KlWeight = klWeight };
    }
}
