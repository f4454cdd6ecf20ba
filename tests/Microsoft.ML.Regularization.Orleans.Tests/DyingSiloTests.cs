using DistributedSearch;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Microsoft.ML.Regularization.Orleans.Tests;

/// <summary>Silos, as processes, that are killed in a phase of a trial: the search comes to the same as one that was left alone.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class DyingSiloTests
{
    private const int Trials = 9;
    private const int Attempts = 5;

    private static readonly Lazy<SearchResult> Alone = new(() => DigitSearches.Search(new SearchOptions(), Trials));

    private readonly string _folder = Directory.CreateTempSubdirectory("dying-silos").FullName;
    private readonly List<SiloProcess> _silos = [];
    private IHost _client = null!;

    private string SearchFolder => Path.Combine(_folder, "search");

    [TestInitialize]
    public async Task StartAsync()
    {
        await StartSilosAsync(2);
        _client = await SearchSilo.ConnectAsync(_folder);
    }

    [TestCleanup]
    public void Stop()
    {
        _client.Dispose();
        _silos.ForEach(silo => silo.Dispose());
        Directory.Delete(_folder, recursive: true);
    }

    [TestMethod]
    public Task Before_the_first_checkpoint() => KilledInPhaseAsync(TimeSpan.FromHours(1), trial => !Exists(trial, "last.safetensors") && !Exists(trial, "model.zip"));

    [TestMethod]
    public Task Between_checkpoints() => KilledInPhaseAsync(TimeSpan.Zero, trial => Exists(trial, "last.safetensors") && !Exists(trial, "model.zip"));

    [TestMethod]
    public Task While_the_result_is_written() => KilledInPhaseAsync(TimeSpan.FromHours(1), trial => Exists(trial, "model.zip.tmp"));

    [TestMethod]
    public async Task All_of_them_and_they_come_back()
    {
        var searching = SearchAsync(TimeSpan.Zero);
        while (!Directory.Exists(Path.Combine(SearchFolder, "trials")) || !TrialsOf().Any(trial => Exists(trial, "last.safetensors")))
            await Task.Yield();
        _silos.ForEach(silo => silo.Dispose());
        _silos.Clear();
        Assert.IsFalse(searching.IsCompleted);
        await StartSilosAsync(2);
        DigitSearches.AssertSame(Alone.Value, await searching);
    }

    private static bool Exists(string trial, string file) => File.Exists(Path.Combine(trial, file));

    private async Task KilledInPhaseAsync(TimeSpan checkpointInterval, Func<string, bool> isPhase)
    {
        var searching = SearchAsync(checkpointInterval);
        var caught = false;
        for (var attempt = 1; attempt <= Attempts && !caught && !searching.IsCompleted; attempt++)
        {
            if (attempt > 1)
                await StartSilosAsync(1);
            caught = KillInPhase(searching, isPhase);
        }

        Assert.IsTrue(caught, "no silo was killed in that phase");
        DigitSearches.AssertSame(Alone.Value, await searching);
    }

    // Whether the trial was still in that phase when its silo was dead.
    private bool KillInPhase(Task searching, Func<string, bool> isPhase)
    {
        while (!searching.IsCompleted)
        {
            foreach (var trial in TrialsOf().Where(isPhase))
            {
                if (HolderOf(trial) is not { } silo)
                    continue;
                silo.Kill();
                _silos.Remove(silo);
                return isPhase(trial);
            }
        }

        return false;
    }

    private string[] TrialsOf() => Directory.Exists(Path.Combine(SearchFolder, "trials")) ? Directory.GetDirectories(Path.Combine(SearchFolder, "trials")) : [];

    // The process that has the trial's lock.
    private SiloProcess? HolderOf(string trial)
    {
        var held = Path.Combine(trial, "worker");
        return _silos.Find(silo => Directory.GetFiles($"/proc/{silo.Id}/fd").Any(file => new FileInfo(file).LinkTarget == held));
    }

    private async Task StartSilosAsync(int count) =>
        _silos.AddRange(await Task.WhenAll(Enumerable.Range(0, count).Select(_ => SiloProcess.StartAsync(_folder, KilledSiloTests.Program))));

    private Task<SearchResult> SearchAsync(TimeSpan checkpointInterval)
    {
        var executor = new OrleansExecutor(
            _client.Services.GetRequiredService<IClusterClient>(),
            new OrleansExecutorOptions { Name = DigitSearches.Digits.Name, Slots = 2, LeaseTime = TimeSpan.FromSeconds(2) });
        var options = new SearchOptions { Folder = SearchFolder, Executor = executor, CheckpointInterval = checkpointInterval };
        return Task.Factory.StartNew(() => DigitSearches.Search(options, Trials), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }
}
