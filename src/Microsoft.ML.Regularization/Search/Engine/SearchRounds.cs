using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Search;

/// <summary>
/// Rounds of successive halving (Jamieson and Talwalkar, "Non-stochastic best arm identification and hyperparameter optimization", 2016): all trials of a round are trained
/// for a small share of their epochs, the best of them for a larger one. A round is proposed by the results of those before it, in the order of their trials, so it does
/// not matter which trial is done first.
/// </summary>
/// <param name="space">The space.</param>
/// <param name="options">Rungs, reduction and size of rounds.</param>
/// <param name="seed">Of what is drawn.</param>
internal sealed class SearchRounds(SearchSpace space, SearchOptions options, int seed)
{
    private readonly TreeParzen _proposals = new(space.Dimensions);
    private readonly RandomKey _key = RandomKey.FromSeed(seed).Derive("search");
    private readonly SortedDictionary<double, List<TrialResult>> _complete = [];
    private readonly Dictionary<int, TrialResult> _latest = [];

    /// <summary>What is known of each trial: of the greatest share of its epochs.</summary>
    public IReadOnlyList<TrialResult> Results => [.. _latest.Values.OrderBy(result => result.Trial.Number)];

    /// <summary>The best of them; null where none has a model.</summary>
    public TrialResult? Best => Sorted(_latest.Values).FirstOrDefault(result => result.Failure is null);

    /// <summary>Trials that the space has without drawing: the options as they were given, and its starts.</summary>
    private int Given => 1 + space.Starts.Count;

    /// <summary>Whether a space without dimensions has nothing more to try.</summary>
    public bool IsExhausted(int trials) => space.Dimensions.Count == 0 && trials >= Given;

    /// <summary>The trials of the next round.</summary>
    /// <param name="first">The number of its first trial.</param>
    /// <param name="most">How many there may be.</param>
    public IReadOnlyList<Trial> Next(int first, int most)
    {
        var count = Math.Min(options.RoundSize, most);
        if (space.Dimensions.Count == 0)
            count = Math.Min(count, Given - first + 1);
        var observations = Observations();
        return [.. Enumerable.Range(first, count).Select(number => TrialOf(number, observations))];
    }

    /// <summary>Runs a round.</summary>
    /// <param name="round">Its trials.</param>
    /// <param name="run">Runs trials up to a share of their epochs.</param>
    /// <param name="token">Ends it.</param>
    /// <returns>Whether all of it was done: not where it was interrupted.</returns>
    public async Task<bool> RunAsync(IReadOnlyList<Trial> round, Func<IReadOnlyList<Trial>, double, Task<IReadOnlyList<TrialResult>>> run, CancellationToken token)
    {
        var trials = round;
        for (var rung = 1; rung <= options.Rungs && trials.Count > 0; rung++)
        {
            var share = Math.Pow(options.Reduction, rung - options.Rungs);
            var results = await run(trials, share).ConfigureAwait(false);
            foreach (var result in results)
                _latest[result.Trial.Number] = result with { Notices = [.. _latest.GetValueOrDefault(result.Trial.Number)?.Notices ?? [], .. result.Notices] };
            if (token.IsCancellationRequested || results.Any(result => result.IsInterrupted))
                return false;

            if (!_complete.TryGetValue(share, out var known))
                _complete[share] = known = [];
            known.AddRange(results);
            var kept = (trials.Count + options.Reduction - 1) / options.Reduction;
            trials = [.. Sorted(results).Where(result => result.Failure is null).Take(kept).Select(result => result.Trial).OrderBy(trial => trial.Number)];
        }

        return true;
    }

    private Trial TrialOf(int number, List<Observation> observations) =>
        number == 1 ? new Trial { Number = number }
        : number <= Given ? new Trial { Number = number, Start = space.Starts[number - 2].Name }
        : new Trial { Number = number, Values = _proposals.Propose(observations, new KeyedStream(_key, (ulong)number)) };

    // Of the greatest share that enough trials have reached: longer training tells more.
    private List<Observation> Observations()
    {
        foreach (var results in _complete.Reverse().Select(rung => rung.Value))
        {
            var observations = results.Where(result => result.Trial.Values.Count > 0).OrderBy(result => result.Trial.Number)
                .Select(result => new Observation(result.Trial.Values, LossOf(result))).ToList();
            if (observations.Count >= _proposals.Needed)
                return observations;
        }

        return [];
    }

    private IEnumerable<TrialResult> Sorted(IEnumerable<TrialResult> results) => results.OrderBy(LossOf).ThenBy(result => result.Trial.Number);

    private double LossOf(TrialResult result) => MetricDirection.LossOf(options.Metric, result.Value);
}
