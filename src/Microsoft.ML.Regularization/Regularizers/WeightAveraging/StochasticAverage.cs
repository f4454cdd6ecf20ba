using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>The average of weights by <see cref="StochasticWeightAveraging"/>.</summary>
internal sealed class StochasticAverage(StochasticWeightAveraging options, FlatParameters parameters, IStatisticsRefresh refresh, int maxEpochs)
    : WeightAverage(parameters, refresh)
{
    // The first epoch that the time limit, rather than the number of epochs, makes one of the last.
    private int? _firstByTime;

    protected override void EndEpoch(int epoch, double timeShare)
    {
        if (timeShare > options.StartFraction)
            _firstByTime ??= epoch;

        if (IsAveraged(epoch, options, maxEpochs, _firstByTime))
            TakeIn(DecayOf(Updates));
    }

    public override void Checkpoint(CheckpointState state)
    {
        base.Checkpoint(state);
        _firstByTime = state.Value("firstByTime", _firstByTime);
    }

    /// <summary>Whether the weights at the end of the epoch, from 1, count.</summary>
    internal static bool IsAveraged(int epoch, StochasticWeightAveraging options, int maxEpochs, int? firstByTime = null)
    {
        // In the last bit, 0.7 of 10 is below 7.
        var first = (int)Math.Floor(options.StartFraction * maxEpochs + 1e-9) + 1;
        first = Math.Min(first, firstByTime ?? first);
        return epoch >= first && (epoch - first) % options.EveryEpochs == 0;
    }

    /// <param name="updates">Updates before this one, all of which stay equal to it.</param>
    internal static double DecayOf(long updates) => updates / (updates + 1.0);
}
