using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>The average of weights by <see cref="ExponentialAveraging"/>.</summary>
internal sealed class ExponentialAverage(ExponentialAveraging options, FlatParameters parameters, IStatisticsRefresh refresh)
    : WeightAverage(parameters, refresh)
{
    public override void AfterStep() => TakeIn(DecayOf(Updates, options.Decay));

    /// <param name="updates">Updates before this one: the first one copies.</param>
    /// <param name="decay">See <see cref="ExponentialAveraging.Decay"/>.</param>
    internal static double DecayOf(long updates, double decay) => updates == 0 ? 0 : Math.Min(decay, (1.0 + updates) / (10.0 + updates));
}
