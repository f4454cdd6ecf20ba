using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Training;

/// <summary>
/// The progress of a run within its time limit. Schedules, averaging and unmixed epochs depend on the share of the run that is done, so that a run that ends
/// by its time limit has gone through the same phases as one that ends with its last epoch. Retraining on all rows follows the pace of the run before it.
/// Without a limit only epochs count.
/// </summary>
/// <param name="clock">The fit's clock.</param>
/// <param name="before">The pace of the run before retraining; null for an ordinary run.</param>
internal sealed class RunPace(FitClock clock, RunPace? before = null) : ICheckpointed
{
    private List<double> _starts = [];
    private int? _unmixedFrom;
    private int? _first;
    private TimeSpan _firstStart;

    /// <summary>Called when an epoch starts or resumes.</summary>
    public void Begin(int epoch)
    {
        if (clock.Limit is null || before is not null)
            return;
        if (_first is null)
            (_first, _firstStart) = (epoch, clock.Elapsed);
        if (_starts.Count < epoch)
            _starts.Add(clock.Share);
    }

    /// <summary>The share of the time limit that is used; 0 without a limit.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="within">The share of the epoch that is done.</param>
    public double Share(int epoch, double within)
    {
        if (before is null)
            return clock.Share;
        var starts = before._starts;
        if (epoch > starts.Count)
            return starts.Count == 0 ? 0 : starts[^1];
        var next = epoch < starts.Count ? starts[epoch] : starts[epoch - 1];
        return double.Lerp(starts[epoch - 1], Math.Max(next, starts[epoch - 1]), within);
    }

    /// <summary>Whether rows are mixed in the epoch: not in the last epochs, counted by epochs or by the time limit.</summary>
    /// <param name="epoch">The epoch, from 1, which has begun.</param>
    /// <param name="maxEpochs">See <see cref="NeuralNetworkOptions.MaxEpochs"/>.</param>
    /// <param name="unmixedEpochs">See <see cref="RegularizationRecipe.UnmixedEpochs"/>.</param>
    public bool IsMixed(int epoch, int maxEpochs, int unmixedEpochs)
    {
        if (unmixedEpochs == 0)
            return true;
        if (before is null && EpochsLeft(epoch) <= unmixedEpochs)
            _unmixedFrom ??= epoch;
        return epoch <= maxEpochs - unmixedEpochs && !(epoch >= (before ?? this)._unmixedFrom);
    }

    public void Checkpoint(CheckpointState state)
    {
        _starts = state.Value("starts", _starts);
        _unmixedFrom = state.Value("unmixedFrom", _unmixedFrom);
    }

    // The remaining epochs are assumed to take as long as those that this process has trained.
    private double EpochsLeft(int epoch)
    {
        if (clock.Limit is not { } limit || _first is not { } first || epoch == first)
            return double.PositiveInfinity;
        var done = clock.Elapsed - _firstStart;
        return (limit - clock.Elapsed) / done * (epoch - first);
    }
}
