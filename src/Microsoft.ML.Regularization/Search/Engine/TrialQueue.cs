using System.Diagnostics.CodeAnalysis;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Search;

/// <summary>Runs trials with as many at a time as the executor can, and asks the journal first.</summary>
/// <param name="channel">Is told of what came of them.</param>
/// <param name="runner">The rows and the space.</param>
/// <param name="options">Executor and metric.</param>
/// <param name="budget">What a trial may take.</param>
/// <param name="journal">What is known.</param>
/// <param name="clock">The time of the search.</param>
internal sealed class TrialQueue(IChannel channel, TrialRunner runner, SearchOptions options, SearchBudget budget, SearchJournal journal, SearchClock clock)
{
    private readonly ITrialExecutor _executor = options.Executor ?? new InProcessExecutor(options.Clock);
    private readonly Lock _writing = new();

    /// <summary>The seed of trials that have none.</summary>
    public required int Seed { get; init; }

    /// <summary>Runs trials up to a share of their epochs.</summary>
    /// <returns>What came of them in their order; without those that were interrupted before they had a model.</returns>
    /// <exception cref="IOException">The folder is gone, or full.</exception>
    public async Task<IReadOnlyList<TrialResult>> RunAsync(IReadOnlyList<Trial> trials, double share)
    {
        using var slots = new SemaphoreSlim(_executor.Slots);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(clock.Token);
        var results = await Task.WhenAll(trials.Select(trial => RunAsync(trial, share, slots, stop))).ConfigureAwait(false);
        return [.. results.OfType<TrialResult>()];
    }

    /// <summary>Runs a trial again whose model is gone.</summary>
    public Task<TrialResult> RunAgainAsync(Trial trial, double share) => _executor.RunAsync(RequestOf(trial, share), runner, options.CancellationToken);

    [SuppressMessage("Design", "CA1031", Justification = "Whatever ends one trial ends the others before it is thrown on.")]
    private async Task<TrialResult?> RunAsync(Trial trial, double share, SemaphoreSlim slots, CancellationTokenSource stop)
    {
        if (journal.Find(trial.Number, share) is { } known)
            return known;
        try
        {
            await slots.WaitAsync(stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }

        try
        {
            var result = await _executor.RunAsync(RequestOf(trial, share), runner, stop.Token).ConfigureAwait(false);
            TakeIn(result);
            return result;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        catch
        {
            // Before the next trial has the slot.
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            slots.Release();
        }
    }

    private void TakeIn(TrialResult result)
    {
        lock (_writing)
        {
            if (result.IsComplete)
                journal.Add(result, clock.Seconds);
            channel.Info($"{result}: {runner.Space.Describe(result.Trial)}");
            options.Progress?.Report(result);
        }
    }

    private TrialRequest RequestOf(Trial trial, double share) => new()
    {
        Folder = Path.GetFullPath(journal.Folder),
        Fingerprint = runner.Fingerprint,
        Trial = trial,
        Share = share,
        Metric = options.Metric,
        Seed = Seed,
        CheckpointInterval = options.CheckpointInterval,
        StallTime = options.StallTime,
        MaxMegabytes = budget.MaxMegabytes,
        TimeLimit = clock.Left,
    };
}
