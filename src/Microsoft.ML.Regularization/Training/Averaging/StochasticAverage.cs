namespace Microsoft.ML.Regularization;

/// <summary>See <see cref="StochasticWeightAveraging"/>.</summary>
internal sealed class StochasticAverage(StochasticWeightAveraging options, FlatParameters parameters, StatisticsRefresh refresh, int maxEpochs)
    : WeightAverage(parameters, refresh)
{
    public override void AfterEpoch(int epoch)
    {
        if (IsAveraged(epoch, options, maxEpochs))
            TakeIn(DecayOf(Updates));
    }

    /// <summary>Whether the weights at the end of the epoch, from 1, count.</summary>
    internal static bool IsAveraged(int epoch, StochasticWeightAveraging options, int maxEpochs)
    {
        // In the last bit, 0.7 of 10 is below 7.
        var first = (int)Math.Floor(options.StartFraction * maxEpochs + 1e-9) + 1;
        return epoch >= first && (epoch - first) % options.EveryEpochs == 0;
    }

    /// <param name="updates">Updates before this one, all of which stay equal to it.</param>
    internal static double DecayOf(long updates) => updates / (updates + 1.0);
}
