using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Training;

/// <summary>
/// The state of a <see cref="ReduceOnPlateauSchedule"/> in one run: how often the loss has stopped falling. Under other schedules nothing counts. Options
/// keep no state, so one estimator can be fitted many times.
/// </summary>
internal sealed class PlateauMonitor(LearningRateSchedule schedule) : ICheckpointed
{
    private readonly ReduceOnPlateauSchedule? _options = schedule as ReduceOnPlateauSchedule;
    private double _best = double.PositiveInfinity;
    private int _badEpochs;
    private int _cooldown;

    public int Plateaus { get; private set; }

    public void Checkpoint(CheckpointState state)
    {
        _best = state.Value("best", _best);
        _badEpochs = state.Value("badEpochs", _badEpochs);
        _cooldown = state.Value("cooldown", _cooldown);
        Plateaus = state.Value("plateaus", Plateaus);
    }

    /// <summary>Takes in the watched loss of an epoch.</summary>
    public void Observe(double loss)
    {
        if (_options is null)
            return;

        // A share of the size: losses can be negative, by an entropy penalty.
        if (double.IsInfinity(_best) || loss < _best - _options.Threshold * Math.Abs(_best))
        {
            _best = loss;
            _badEpochs = 0;
        }
        else
        {
            _badEpochs++;
        }

        if (_cooldown > 0)
        {
            _cooldown--;
            _badEpochs = 0;
        }

        if (_badEpochs < _options.Patience)
            return;

        Plateaus++;
        _badEpochs = 0;
        _cooldown = _options.Cooldown;
    }
}
