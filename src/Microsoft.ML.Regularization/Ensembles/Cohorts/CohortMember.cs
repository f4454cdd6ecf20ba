using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>One of the networks that a cohort trains. Once it is over it has an outcome, and its other memory is free.</summary>
/// <param name="plan">Rows and settings.</param>
/// <param name="run">Its run; disposed of with this.</param>
internal sealed class CohortMember(MemberPlan plan, TrainingRun run) : IDisposable, ICheckpointed
{
    private readonly LearnedScales _scales = run.Inputs.Scales;
    private TrainingRun? _run = run;
    private float[] _outputs = [];
    private float[] _keptOutputs = [];

    public MemberPlan Plan => plan;

    /// <summary>The network's input, and whether it is sparse.</summary>
    public InputLayout Input { get; } = run.Inputs.Layout;

    /// <summary>Encodes the targets of its rows.</summary>
    public TargetEncoding Encoding { get; } = run.Inputs.Encoding;

    /// <summary>Whether it goes on to train.</summary>
    public bool IsRunning => _run is { End: null };

    /// <summary>Why it is over; null while it trains.</summary>
    public StopReason? End => _run is null ? Outcome?.History.StopReason ?? StopReason.Diverged : _run.End;

    /// <summary>Every completed epoch, in order.</summary>
    public IReadOnlyList<EpochReport> Epochs => _run?.State.Epochs ?? Outcome?.History.Epochs ?? (IReadOnlyList<EpochReport>)[];

    /// <summary>The epoch whose weights were kept last, from 1; 0 for none.</summary>
    public int KeptEpoch { get; private set; }

    /// <summary>The raw outputs of its validation rows after its last epoch, row by row.</summary>
    public ReadOnlyMemory<float> ValidationOutputs => _outputs;

    /// <summary>The raw outputs of its validation rows by the weights of its outcome, or by those that were kept last.</summary>
    public ReadOnlyMemory<float> ModelOutputs => Outcome is { } outcome && outcome.History.ModelEpoch != KeptEpoch ? _outputs : _keptOutputs;

    /// <summary>What it has learned; null while it trains, and where it has come to nothing.</summary>
    public TrainingOutcome? Outcome { get; private set; }

    /// <summary>Why it has come to nothing: it was interrupted before its first epoch was complete, or diverged in it. Null where it has not.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Keeps the present weights as its best so far. Does nothing where it is over.</summary>
    public void Keep()
    {
        if (_run is null)
            return;
        _run.Result.Keep();
        (KeptEpoch, _keptOutputs) = (_run.State.Best.Epoch, _outputs);
    }

    /// <summary>Keeps a snapshot of the present weights as its best so far, without a copy of its own. Does nothing where it is over.</summary>
    /// <param name="snapshot">See <see cref="Snapshot"/>.</param>
    public void Keep(NetworkWeights snapshot)
    {
        if (_run is null)
            return;
        KeptEpoch = _run.State.Epochs.Count;
        _run.State.Best.Share(KeptEpoch, snapshot);
    }

    /// <summary>The present weights, in the form in which they were measured.</summary>
    /// <exception cref="InvalidOperationException">It is over.</exception>
    public NetworkWeights Snapshot() => (_run ?? throw new InvalidOperationException("The member is over.")).Result.Snapshot();

    /// <summary>Ends it: it leaves behind the present round, with the weights that were kept.</summary>
    public void EndBy(StopReason reason) => _run?.EndBy(reason);

    /// <summary>Interrupts it, if it is not over.</summary>
    public void Interrupt(StopReason reason) => _run?.Interrupt(reason);

    /// <summary>Trains up to the end of an epoch; nothing where that is done already. For one thread.</summary>
    public void TrainTo(int epoch)
    {
        if (_run is not null && _run.State.Epochs.Count < epoch && _run.TryEpoch() is not null)
            _outputs = _run.ValidationOutputs;
    }

    /// <summary>Turns what it has come to into its outcome, and frees the rest.</summary>
    public void Leave(IChannel channel)
    {
        if (_run is null)
            return;
        Failure = _run.WhyNoModel();
        if (Failure is null)
            Outcome = _run.Finish(channel);
        Dispose();
    }

    public void Checkpoint(CheckpointState state)
    {
        KeptEpoch = state.Value("keptEpoch", KeptEpoch);
        _outputs = Floats(state.Numbers("outputs", Doubles(_outputs)));
        _keptOutputs = Floats(state.Numbers("keptOutputs", Doubles(_keptOutputs)));
        if (state.Value("isOver", _run is null))
        {
            CheckpointOutcome(state);
            Dispose();
            return;
        }

        state.Part("run", _run?.State);
    }

    public void Dispose()
    {
        _run?.Dispose();
        _run = null;
    }

    private void CheckpointOutcome(CheckpointState state)
    {
        var weights = state.Weights("weights", Outcome?.Weights);
        var history = state.Value("history", Outcome?.History);
        if (weights is not null && history is not null)
            Outcome = new TrainingOutcome(weights, history, _scales.Input, _scales.Target) { Imputation = _scales.Imputation, Flags = _scales.Flags };
    }

    private static double[] Doubles(float[] values) => Array.ConvertAll(values, value => (double)value);

    private static float[] Floats(double[]? values) => Array.ConvertAll(values ?? [], value => (float)value);
}
