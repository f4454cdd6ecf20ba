using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Microsoft.ML.Regularization.Orleans.Tests;

/// <summary>A worker of a silo whose trial does not go on, and a second search meanwhile.</summary>
[TestClass]
public sealed class StuckSiloTests : IDisposable
{
    private const string Name = "stuck";
    private const int Trials = 4;
    private static readonly TimeSpan StallTime = TimeSpan.FromSeconds(50);

    private readonly string _folder = Directory.CreateTempSubdirectory("stuck-silo").FullName;
    private readonly ManualResetEventSlim _isStuck = new();
    private readonly ManualResetEventSlim _areOthersDone = new();
    private readonly ManualResetEventSlim _end = new();
    private readonly MovedClock _clock = new();

    private IHost _silo = null!;
    private Thread? _stuck;
    private int _results;
    private int _epochs;

    [TestInitialize]
    public async Task StartAsync() => _silo = await TestSilo.StartAsync(Path.Combine(_folder, "cluster"), silo =>
    {
        silo.AddTrialWorker(Name, MakeWorker).AddTrialWorker(Name, MakeWorker);
        silo.Services.AddSingleton(new TrialClock(_clock));
    });

    [TestCleanup]
    public async Task StopAsync()
    {
        _end.Set();
        _stuck?.Join();
        await _silo.StopAsync(CancellationToken.None);
        _silo.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    public void Dispose()
    {
        _isStuck.Dispose();
        _areOthersDone.Dispose();
        _end.Dispose();
    }

    [TestMethod]
    public async Task Its_trial_goes_on_at_another_worker_and_ends_the_same()
    {
        var searching = SearchAsync(maxDeaths: 5);
        LetStallTimePass();
        DigitSearches.AssertSame(DigitSearches.Search(new SearchOptions(), Trials, MakeRunner(() => { })), await searching);
    }

    [TestMethod]
    public async Task Stuck_too_often_it_has_failed_and_others_go_on()
    {
        var searching = SearchAsync(maxDeaths: 1);
        LetStallTimePass();
        var result = await searching;
        Assert.AreEqual("No epoch ended for 00:00:50 (StallTime). Tries: 1.", result.Trials[1].Failure);
        Assert.HasCount(Trials - 1, result.Trials.Where(trial => trial.Value is not null));
    }

    [TestMethod]
    public async Task A_second_search_of_its_name_is_refused_and_the_first_goes_on()
    {
        var searching = SearchAsync(maxDeaths: 5);
        _isStuck.Wait();
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Search("second", maxDeaths: 5));
        Assert.Contains($"Another search, in the folder '{Path.Combine(_folder, "first")}', is going on under the name '{Name}'", error.Message);
        _end.Set();
        Assert.HasCount(Trials, (await searching).Trials);
        Assert.HasCount(Trials, Search("second", maxDeaths: 5).Trials, "once the first one has ended");
    }

    // For the trial that is stuck alone: all others of its round are done.
    private void LetStallTimePass()
    {
        _isStuck.Wait();
        _areOthersDone.Wait();
        _clock.Advance(StallTime);
    }

    private Task<SearchResult> SearchAsync(int maxDeaths) =>
        Task.Factory.StartNew(() => Search("first", maxDeaths), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private SearchResult Search(string folder, int maxDeaths)
    {
        var options = new OrleansExecutorOptions { Name = Name, Slots = 2, LeaseTime = TimeSpan.FromHours(1), MaxDeaths = maxDeaths };
        return DigitSearches.Search(
            new SearchOptions
            {
                Folder = Path.Combine(_folder, folder),
                StallTime = StallTime,
                Progress = new DigitSearches.Callback(_ =>
                {
                    if (++_results == Trials - 1)
                        _areOthersDone.Set();
                }),
                Executor = new OrleansExecutor(_silo.Services.GetRequiredService<IGrainFactory>(), options),
            },
            Trials,
            MakeRunner(() => { }));
    }

    // The first epoch of the second trial does not end.
    private TrialRunner MakeWorker() => MakeRunner(() =>
    {
        if (Interlocked.Increment(ref _epochs) == 1)
        {
            _stuck = Thread.CurrentThread;
            _isStuck.Set();
            _end.Wait();
        }
    });

    private static TrialRunner MakeRunner(Action epoch)
    {
        var runner = DigitSearches.Digits.MakeRunner();
        runner.Space.Start("watched", options => options with { Progress = new DigitSearches.EpochCallback(epoch) });
        return new TrialRunner(runner.Context, runner.Data, runner.Space) { Clock = new FakeClock { Step = TimeSpan.FromSeconds(40) } };
    }

    /// <summary>Goes with time, and beyond where it is told to.</summary>
    private sealed class MovedClock : TimeProvider
    {
        private long _ahead;

        public void Advance(TimeSpan by) => Interlocked.Add(ref _ahead, (long)(by.TotalSeconds * TimestampFrequency));

        public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _ahead);
    }
}
