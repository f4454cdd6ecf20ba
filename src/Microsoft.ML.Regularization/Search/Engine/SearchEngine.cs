using System.Globalization;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Search;

/// <summary>Runs a search: rounds of trials until the budget is spent.</summary>
/// <param name="host">The environment.</param>
/// <param name="runner">The rows and the space.</param>
/// <param name="budget">What it may cost.</param>
/// <param name="options">How it goes about.</param>
internal sealed class SearchEngine(IHost host, TrialRunner runner, SearchBudget budget, SearchOptions options)
{
    private readonly int _seed = Seeds.Asked(host, options.Seed) ?? 1;

    /// <exception cref="ArgumentOutOfRangeException">The space is empty, or the folder is of another search.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before there was a model.</exception>
    /// <exception cref="TimeoutException">Its time was over before there was a model.</exception>
    /// <exception cref="InvalidOperationException">All trials of the first round failed.</exception>
    public SearchResult Run()
    {
        if (runner.Space is { Dimensions.Count: 0, Starts.Count: 0 })
            throw host.ExceptUserArg("space", "The space has neither dimensions nor starts, so there is nothing to search for: add Uniform, LogUniform, Whole, Choose or Start.");
        if (options.Folder is { } folder)
            return Run(folder);
        var temporary = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            return Run(temporary);
        }
        finally
        {
            SearchFiles.Delete(temporary);
        }
    }

    private SearchResult Run(string folder)
    {
        using var channel = host.Start("Search");
        using var journal = SearchJournal.Open(host, options, folder, Identity());
        using var clock = new SearchClock(options.Clock, budget.Time, journal.Seconds, options.CancellationToken);
        var rounds = new SearchRounds(runner.Space, options, _seed);
        var queue = new TrialQueue(channel, runner, options, budget, journal, clock) { Seed = _seed };
        var reason = RunAsync(rounds, queue, journal, clock).GetAwaiter().GetResult();
        journal.Write(clock.Seconds);
        if (rounds.Best is not { } best)
            throw Nothing(rounds, reason);

        // The files of trials that are out are deleted, those of the best one are not: somebody else must have been there.
        var path = TrialFolder.ModelOf(folder, best.Trial.Number);
        if (LoadModel(path) is not { } model)
        {
            queue.RunAgainAsync(best.Trial, best.Share).GetAwaiter().GetResult();
            model = runner.Context.Model.Load(path, out _);
        }

        channel.Info($"The search ended ({reason}) after {rounds.Results.Count} trials. The best is {best}: {runner.Space.Describe(best.Trial)}.");
        return new SearchResult(runner.Space, options.Metric, rounds.Results, best, model, reason);
    }

    // Null where it is gone or damaged.
    private ITransformer? LoadModel(string path)
    {
        try
        {
            return File.Exists(path) ? runner.Context.Model.Load(path, out _) : null;
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException or InvalidOperationException or EndOfStreamException)
        {
            File.Delete(path);
            return null;
        }
    }

    private async Task<SearchStopReason> RunAsync(SearchRounds rounds, TrialQueue queue, SearchJournal journal, SearchClock clock)
    {
        using var progress = StartProgress(rounds);
        for (var done = 0; ;)
        {
            if (clock.Token.IsCancellationRequested)
                return ReasonOf(clock);
            if (done >= budget.Trials)
                return SearchStopReason.Trials;
            if (rounds.IsExhausted(done))
                return SearchStopReason.Exhausted;

            var round = rounds.Next(done + 1, (budget.Trials ?? int.MaxValue) - done);
            if (!await rounds.RunAsync(round, queue.RunAsync, clock.Token).ConfigureAwait(false))
                return ReasonOf(clock);
            done += round.Count;
            if (rounds.Best is not { } best)
                throw Nothing(rounds, SearchStopReason.Trials);
            progress.Checkpoint(best.Value, done);
            SearchFiles.DeleteTrials(journal.Folder, but: best.Trial.Number);
        }
    }

    private SearchStopReason ReasonOf(SearchClock clock) =>
        clock.IsOver && !options.CancellationToken.IsCancellationRequested ? SearchStopReason.Time : SearchStopReason.Cancelled;

    private IProgressChannel StartProgress(SearchRounds rounds)
    {
        var progress = host.StartProgressChannel("Searching");
        progress.SetHeader(
            new ProgressHeader([$"best {options.Metric}"], ["trials"]),
            entry => entry.SetProgress(0, rounds.Results.Count, budget.Trials ?? double.NaN));
        return progress;
    }

    private Exception Nothing(SearchRounds rounds, SearchStopReason reason) =>
        rounds.Results.FirstOrDefault(result => result.Failure is not null) is { } failed
            ? host.Except($"All {rounds.Results.Count} trials failed. The first one, {runner.Space.Describe(failed.Trial)}: {failed.Failure}")
            : reason == SearchStopReason.Cancelled ? new OperationCanceledException("The search was cancelled before there was a model.", options.CancellationToken)
            : new TimeoutException(
                $"Time ({budget.Time}) was over before there was a model: raise it, or train on fewer rows. It counts from the start, with the time that reading the rows takes.");

    private SortedDictionary<string, string> Identity() => new(StringComparer.Ordinal)
    {
        ["space and rows"] = runner.Fingerprint,
        ["Seed"] = _seed.ToString(CultureInfo.InvariantCulture),
        [nameof(SearchOptions.Metric)] = $"{options.Metric}",
        [nameof(SearchOptions.Rungs)] = options.Rungs.ToString(CultureInfo.InvariantCulture),
        [nameof(SearchOptions.Reduction)] = options.Reduction.ToString(CultureInfo.InvariantCulture),
        [nameof(SearchOptions.RoundTrials)] = options.RoundSize.ToString(CultureInfo.InvariantCulture),
        ["version of the library"] = typeof(SearchEngine).Assembly.GetName().Version!.ToString(),
    };
}
