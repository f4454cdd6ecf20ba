using Microsoft.ML.Regularization.Search;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Groups;

/// <summary>Has networks of groups trained by an executor: in other processes, or on other machines. What is done is found again after a crash.</summary>
internal sealed class ExecutedGroupWork : IGroupWork
{
    // So many trials for each that run at a time, so that none has long to wait for the last one; of groups enough that reading the common model is nothing.
    private const int TrialsOfSlot = 4;
    private const int FewestGroups = 20;

    private readonly IHost _host;
    private readonly GroupRunner _runner;
    private readonly GroupOptions _options;
    private readonly ITrialExecutor _executor;
    private readonly GroupFolder _folder;
    private readonly IDisposable _held;
    private readonly int _seed;
    private readonly bool _isTemporary;

    /// <param name="host">The environment.</param>
    /// <param name="ml">Reads and writes models.</param>
    /// <param name="runner">Has the rows.</param>
    /// <param name="options">How, and the executor.</param>
    /// <param name="seed">Of the training.</param>
    public ExecutedGroupWork(IHost host, MLContext ml, GroupRunner runner, GroupOptions options, int seed)
    {
        (_host, _runner, _options, _seed) = (host, runner, options, seed);
        _executor = options.Executor ?? new InProcessExecutor(TimeProvider.System);
        _isTemporary = options.Folder is null;
        _folder = new GroupFolder(host, ml, Path.GetFullPath(options.Folder ?? Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())));
        _held = _folder.Take(GroupSettings.Of(options, seed, runner.Fingerprint));
    }

    public CommonModel? FindCommon(bool isCompared) => _folder.FindCommon(GroupTrials.NameOf(isCompared));

    public double[] Compare(CommonModel common, GroupSplit split, IReadOnlyList<double?> pulls)
    {
        if (_folder.FindLosses() is { } known)
            return known;
        _folder.SaveCommon(GroupTrials.NameOf(isCompared: true), common);
        var parts = PartsOf(split.Groups.Count);
        var trials = pulls.SelectMany(pull => parts.Select(part => new GroupTrials(part.First, part.Count, pull, IsCompared: true))).ToList();
        var results = Run(trials, isComparing: true);
        double[] losses = [.. results.Chunk(parts.Count).Select(chunk => chunk.Sum(result => result.Value!.Value))];
        _folder.SaveLosses(losses);
        return losses;
    }

    public IReadOnlyList<GroupFit> Fit(CommonModel common, GroupRows groups, double pull)
    {
        _folder.SaveCommon(GroupTrials.NameOf(isCompared: false), common);
        var parts = PartsOf(groups.Names.Count);
        var known = parts.Select(part => _folder.FindGroups(part.First)?.Groups is { } found && found.Count == part.Count ? found : null).ToList();
        var missing = parts.Where((_, place) => known[place] is null);
        Run([.. missing.Select(part => new GroupTrials(part.First, part.Count, pull, IsCompared: false))], isComparing: false);
        return
        [
            .. parts.SelectMany((part, place) => known[place] ?? _folder.FindGroups(part.First)?.Groups
                ?? throw new IOException($"The networks of groups {part.First} to {part.First + part.Count - 1} are missing in '{_folder.Path}'.")),
        ];
    }

    public void Dispose()
    {
        _held.Dispose();
        if (_isTemporary)
            SearchFiles.Delete(_folder.Path);
    }

    private List<(int First, int Count)> PartsOf(int count)
    {
        var size = Math.Max(FewestGroups, (count + TrialsOfSlot * _executor.Slots - 1) / (TrialsOfSlot * _executor.Slots));
        return [.. Enumerable.Range(0, (count + size - 1) / size).Select(part => (part * size, Math.Min(size, count - part * size)))];
    }

    private IReadOnlyList<TrialResult> Run(IReadOnlyList<GroupTrials> trials, bool isComparing)
    {
        var (total, done) = (trials.Sum(trial => trial.Count), 0);
        return RunAsync().GetAwaiter().GetResult();

        async Task<IReadOnlyList<TrialResult>> RunAsync()
        {
            using var slots = new SemaphoreSlim(_executor.Slots);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(_options.CancellationToken);
            return await Task.WhenAll(trials.Select((trial, place) => OneAsync(trial, place, slots, stop))).ConfigureAwait(false);
        }

        async Task<TrialResult> OneAsync(GroupTrials trial, int place, SemaphoreSlim slots, CancellationTokenSource stop)
        {
            await slots.WaitAsync(stop.Token).ConfigureAwait(false);
            try
            {
                var result = await _executor.RunAsync(RequestOf(trial.ToTrial(place + 1)), _runner, stop.Token).ConfigureAwait(false);
                if (result.Failure is { } failure)
                    throw _host.Except($"Groups {trial.First} to {trial.First + trial.Count - 1} could not be trained: {failure}");
                _options.Progress?.Report(new GroupProgress(Interlocked.Add(ref done, trial.Count), total, isComparing));
                return result;
            }
            catch
            {
                await stop.CancelAsync().ConfigureAwait(false);
                throw;
            }
            finally
            {
                slots.Release();
            }
        }
    }

    private TrialRequest RequestOf(Trial trial) => new()
    {
        Folder = _folder.Path,
        Fingerprint = _runner.Fingerprint,
        Trial = trial,
        Share = 1,
        Metric = ValidationMetric.Loss,
        Seed = _seed,
        CheckpointInterval = TimeSpan.FromSeconds(30),
    };
}
