namespace Microsoft.ML.Regularization;

/// <summary>The averages that a recipe can be given, as members of <see cref="WeightAveraging"/>: <c>WeightAveraging.Exponential()</c>.</summary>
public static class WeightAveragings
{
    extension(WeightAveraging)
    {
        /// <summary>An average over the last steps, in which older weights fade.</summary>
        /// <param name="decay">Weight of the previous average in each step, at least 0 (the last weights) and below 1 (the average never moves).</param>
        public static ExponentialAveraging Exponential(double decay = 0.999) => new(decay);

        /// <summary>The equal average of the weights at the end of the last epochs.</summary>
        /// <param name="startFraction">The share of the epochs before the first one averaged, at least 0 (all are averaged) and below 1.</param>
        /// <param name="everyEpochs">Epochs from one that is averaged to the next, at least 1 (every one).</param>
        public static StochasticWeightAveraging Stochastic(double startFraction = 0.75, int everyEpochs = 1) => new(startFraction, everyEpochs);
    }
}
