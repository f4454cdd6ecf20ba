using System.Globalization;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>Trains the networks of a pack, in waves of as many at a time as memory has room for. What a network becomes does not depend on its wave.</summary>
/// <param name="host">Makes errors.</param>
/// <param name="channel">Receives messages.</param>
/// <param name="sets">What networks train on: one set, or one for each fold.</param>
/// <param name="waves">The members of each wave.</param>
/// <param name="selection">Selects from all of them.</param>
/// <param name="settings">Those of the options.</param>
/// <param name="threads">How many threads train them; null for one for each processor.</param>
internal sealed class PackWaves(
    IHost host, IChannel channel, PackSets sets, IReadOnlyList<PackMember[]> waves, PackSelection selection, TrainingSettings settings, int? threads) : ICheckpointed, IDisposable
{
    private readonly List<Cohort> _cohorts = [];
    private StopReason? _interruption;

    /// <summary>The networks of all waves that have come into their turn.</summary>
    public IEnumerable<CohortMember> Networks => _cohorts.SelectMany(cohort => cohort.Members);

    /// <summary>Why training was interrupted; null where it came to its own end.</summary>
    public StopReason? Interruption => _interruption ?? _cohorts[^1].Interruption;

    /// <exception cref="OperationCanceledException">It was cancelled before the first epoch of any network was complete.</exception>
    /// <exception cref="TimeoutException">The time limit was reached before that.</exception>
    public void Train()
    {
        for (var wave = 0; wave < waves.Count && (wave == 0 || Interruption is null); wave++)
        {
            if (_cohorts.Count > wave || TryBegin())
                TrainWave(_cohorts[wave]);
        }
    }

    public void Checkpoint(CheckpointState state)
    {
        state.Bytes(RunCheckpoint.KeysName, settings.Keys?.ToBytes());
        var count = state.Value("waves", _cohorts.Count);
        for (var wave = 0; wave < count; wave++)
        {
            if (_cohorts.Count == wave)
                Add();
            state.Part(string.Create(CultureInfo.InvariantCulture, $"wave.{wave}"), _cohorts[wave]);
        }

        state.Part("selection", selection);
    }

    public void Dispose() => _cohorts.ForEach(cohort => cohort.Dispose());

    private void Add() => _cohorts.Add(new Cohort(
        host, channel, new CohortRows(sets.Sets, settings), [.. waves[_cohorts.Count].SelectMany(member => sets.PlansOf(member))], new Observer(selection), threads));

    private bool TryBegin()
    {
        try
        {
            Add();
        }
        catch (Exception) when (selection.Ensemble.Count > 0 && settings.Watch.Interruption is { } reason)
        {
            _interruption = reason;
            return false;
        }

        selection.BeginWave();
        return true;
    }

    private void TrainWave(Cohort cohort)
    {
        try
        {
            cohort.Train(settings.Checkpoint, settings.Progress, whole: this);
        }
        catch (Exception) when (selection.Ensemble.Count > 0 && cohort.Members.All(network => network.Failure is not null))
        {
            // The waves before have an ensemble, and why these networks have come to nothing is logged.
        }
    }

    /// <summary>Has the selection look at a wave; what it remembers is kept once for all waves.</summary>
    private sealed class Observer(PackSelection selection) : ICohortObserver
    {
        public void AfterRound(Cohort cohort, int round) => selection.AfterRound(cohort, round);

        public void Checkpoint(CheckpointState state)
        {
        }
    }
}
