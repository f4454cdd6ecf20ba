using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>
/// Several networks that are trained together, in rounds of one epoch each. A network gets the same bits whichever others there are, and on however many
/// threads. After each round an observer may keep weights and end networks; those that are over free their memory.
/// </summary>
internal sealed class Cohort : IDisposable, ICheckpointed
{
    private readonly IChannel _channel;
    private readonly CohortRows _rows;
    private readonly ICohortObserver _observer;
    private readonly CohortWorkers _workers;
    private readonly FitWatch _watch;
    private readonly List<CohortMember> _members = [];

    /// <param name="host">Makes errors.</param>
    /// <param name="channel">Receives messages.</param>
    /// <param name="rows">The rows of each round.</param>
    /// <param name="plans">The networks, whose settings have the same watch and device.</param>
    /// <param name="observer">Looks at them after each round.</param>
    /// <param name="threads">How many threads train them; null for one for each processor.</param>
    /// <exception cref="OperationCanceledException">It was cancelled meanwhile.</exception>
    /// <exception cref="TimeoutException">Its time was over meanwhile.</exception>
    public Cohort(IHost host, IChannel channel, CohortRows rows, IReadOnlyList<MemberPlan> plans, ICohortObserver observer, int? threads = null)
    {
        (_channel, _rows, _observer, _watch) = (channel, rows, observer, plans[0].Settings.Watch);
        var device = plans[0].Settings.Device;
        _workers = new CohortWorkers(rows.IsStreaming ? 1 : threads ?? CohortWorkers.CountFor(device), device);
        try
        {
            _workers.Run(1, _ => AddAll(host, plans));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>All networks, in the order of their plans, those that are over too.</summary>
    public IReadOnlyList<CohortMember> Members => _members;

    /// <summary>The rounds that are done.</summary>
    public int Rounds { get; private set; }

    /// <summary>Why training was interrupted; null where it came to its own end.</summary>
    public StopReason? Interruption { get; private set; }

    /// <summary>The rows of each round.</summary>
    public CohortRows Rows => _rows;

    /// <summary>Trains until all networks are over.</summary>
    /// <param name="checkpoint">Where the state is kept; null for nowhere.</param>
    /// <param name="progress">Receives a report of each network's epoch.</param>
    /// <param name="whole">What it is a part of, whose state is kept with it; null where it is alone.</param>
    /// <exception cref="OperationCanceledException">Training was cancelled before the first epoch of any network was complete.</exception>
    /// <exception cref="TimeoutException">The time limit was reached before that.</exception>
    /// <exception cref="InvalidOperationException">All networks diverged in their first epoch.</exception>
    public void Train(RunCheckpoint? checkpoint = null, IProgress<EpochReport>? progress = null, ICheckpointed? whole = null)
    {
        var writer = checkpoint is null ? null : new CohortCheckpoint(_channel, checkpoint, this, whole ?? this);
        writer?.Restore(_members[0].Plan.Settings.Device);
        while (Interruption is null && _members.Any(member => member.IsRunning))
        {
            var running = _members.Where(member => member.IsRunning).ToList();
            TrainRound(running, Rounds + 1);
            _workers.Run(1, _ => EndRound(running));
            if (Interruption is not null)
                break;
            writer?.AfterRound(isLast: !_members.Any(member => member.IsRunning));
            foreach (var member in running.Where(member => member.Epochs.Count == Rounds))
                progress?.Report(member.Epochs[^1]);
        }

        writer?.AtEnd(Interruption);
        if (Interruption is { } reason)
            _members.ForEach(member => member.Interrupt(reason));
        _workers.Run(1, _ => _members.ForEach(member => member.Leave(_channel)));
        if (_members.All(member => member.Outcome is null))
            throw _members.Select(member => member.Failure).First(failure => failure is not null)!;
    }

    public void Checkpoint(CheckpointState state)
    {
        Rounds = state.Value("rounds", Rounds);
        state.Bytes(RunCheckpoint.KeysName, _members[0].Plan.Settings.Keys?.ToBytes());
        state.Part("rows", _rows);
        state.Part("clock", _watch.Clock);
        state.Part("observer", _observer);
        for (var i = 0; i < _members.Count; i++)
            state.Part($"members.{i}", _members[i]);
    }

    public void Dispose()
    {
        _members.ForEach(member => member.Dispose());
        _workers.Dispose();
    }

    // Networks on the same rows, on the same scale, learn its numbers once.
    private void AddAll(IHost host, IReadOnlyList<MemberPlan> plans)
    {
        var scales = new Dictionary<(ITrainingData, InputScaling, bool, int), LearnedScales>();
        foreach (var plan in plans)
        {
            var (data, settings) = (plan.Data, plan.Settings);
            var embedding = settings.Architecture.UsedEmbedding;
            var what = (data, settings.InputScaling, embedding is not null, embedding?.BinCount ?? 0);
            if (settings.Previous is null && scales.GetValueOrDefault(what) is { } known)
                settings = settings with { Scales = known };
            var run = TrainingRun.Start(host, _channel, data, settings);
            _members.Add(new CohortMember(plan, run));
            if (settings.Previous is null)
                scales.TryAdd(what, run.Inputs.Scales);
        }
    }

    private void TrainRound(List<CohortMember> running, int round)
    {
        try
        {
            _rows.BeginRound(round);
        }
        catch (OperationCanceledException) when (_watch.Interruption is { } reason)
        {
            Interruption = reason;
            return;
        }

        _workers.Run(running.Count, i => running[i].TrainTo(round));
        Interruption = running.Select(member => member.End).FirstOrDefault(end => end is StopReason.Cancelled or StopReason.TimeLimit);
    }

    private void EndRound(List<CohortMember> running)
    {
        foreach (var member in running.Where(member => member.End == StopReason.Diverged))
        {
            member.Leave(_channel);
            if (member.Failure is { } failure)
                _channel.Warning($"Network {member.Plan.Place.Member} is left out. {failure.Message}");
        }

        if (Interruption is not null)
        {
            foreach (var member in running.Where(member => member.KeptEpoch == 0 && member.Epochs.Count > 0))
                member.Keep();
            return;
        }

        Rounds++;
        _observer.AfterRound(this, Rounds);
        foreach (var member in running.Where(member => !member.IsRunning))
            member.Leave(_channel);
    }
}
