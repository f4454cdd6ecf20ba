using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Training;

/// <summary>The state of a run that changes from step to step or from epoch to epoch; checkpoints store it.</summary>
/// <param name="settings">The run's.</param>
/// <param name="parts">Network, optimizer and average are among them.</param>
/// <param name="best">The best epoch so far.</param>
internal sealed class RunState(TrainingSettings settings, RunParts parts, BestWeights best) : ICheckpointed
{
    private readonly LearnedScales _scales = parts.Input.Scales;
    private readonly NetworkState _network = new(parts.Trained.Network);

    /// <summary>The best epoch so far.</summary>
    public BestWeights Best => best;

    /// <summary>Every completed epoch, in order.</summary>
    public List<EpochReport> Epochs { get; private set; } = [];

    /// <summary>Why the run is over; null while it is not.</summary>
    public StopReason? End { get; set; }

    /// <summary>The head that was fitted before the first epoch; null for none.</summary>
    public ProbeReport? Probe { get; set; } = parts.Probe?.Report;

    /// <summary>Counts how often the loss stopped falling, for schedules.</summary>
    public PlateauMonitor Plateaus { get; } = new(settings.Schedule);

    /// <summary>What was learned of the validation rows in the last epoch; null for nothing.</summary>
    public LearnedCalibration? Calibration { get; set; }

    /// <summary>The progress of the current epoch.</summary>
    public EpochProgress Progress { get; } = new(settings.Watch.Clock.Time);

    /// <summary>The progress of the run within its time limit.</summary>
    public RunPace Pace { get; } = new(settings.Watch.Clock, settings.Pace);

    public void Checkpoint(CheckpointState state)
    {
        state.Value(RunInput.ScalesName, _scales);
        state.Bytes(RunCheckpoint.KeysName, settings.Keys?.ToBytes());
        state.Part("network", _network);
        parts.Step.Checkpoint(state);
        state.Part("plateaus", Plateaus);
        state.Part("best", best);
        state.Part("progress", Progress);
        state.Part("clock", settings.Watch.Clock);
        state.Part("pace", Pace);
        Epochs = state.Value("epochs", Epochs);
        End = state.Value("end", End);
        Calibration = state.Value("calibration", Calibration);
        Probe = state.Value("probe", Probe);
    }
}
