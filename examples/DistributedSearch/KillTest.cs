using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.ML.Regularization;
using Microsoft.ML.Regularization.Orleans;

namespace DistributedSearch;

/// <summary>
/// Searches on several silos, one of which is killed at a random moment of each search, and compares what is found with a search on one machine that was left alone.
/// </summary>
/// <param name="search">What is searched.</param>
/// <param name="trials">Trials of a search.</param>
/// <param name="size">How many silos there are.</param>
internal sealed class KillTest(DigitSearch search, int trials, int size)
{
    private readonly Random _random = new(1);

    /// <param name="kills">Searches, with a kill each.</param>
    /// <returns>How many of them came to something else, or ended before the kill.</returns>
    public async Task<int> RunAsync(int kills)
    {
        var folder = Directory.CreateTempSubdirectory("killed-search").FullName;
        var silos = new List<SiloProcess>();
        try
        {
            var stretches = new Stretches();
            var (alone, seconds) = Time(() => Searches.Run(search, trials, new SearchOptions { Progress = stretches }));
            Write("left alone, one process", alone, seconds, "");
            silos.AddRange(await Task.WhenAll(Enumerable.Range(0, size).Select(_ => SiloProcess.StartAsync(folder))));
            using var client = await SearchSilo.ConnectAsync(folder);
            var grains = client.Services.GetRequiredService<IClusterClient>();
            var broken = 0;
            for (var kill = 1; kill <= kills; kill++)
            {
                // While one of the trials runs: never after the last one has ended.
                var done = _random.Next(1, stretches.Count);
                var delay = TimeSpan.FromSeconds(_random.NextDouble() * seconds / stretches.Count);
                var victim = _random.Next(size);
                var (result, time) = await SearchAsync(Path.Combine(folder, $"search-{kill}"), grains, done, async () =>
                {
                    await Task.Delay(delay);
                    silos[victim].Kill();
                });
                var isSame = Searches.AreSame(alone, result);
                broken += isSame ? 0 : 1;
                Write($"silo {victim + 1} killed, {done,2} of {stretches.Count} done", result, time, isSame ? "the same" : "ANOTHER RESULT");
                silos[victim].Dispose();
                silos.RemoveAt(victim);
                if (kill < kills)
                    silos.Insert(victim, await SiloProcess.StartAsync(folder));
            }

            return broken;
        }
        finally
        {
            silos.ForEach(silo => silo.Dispose());
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<(SearchResult Result, double Seconds)> SearchAsync(string folder, IClusterClient grains, int done, Func<Task> kill)
    {
        var killing = Task.CompletedTask;
        var options = new SearchOptions
        {
            Folder = folder,
            CheckpointInterval = TimeSpan.FromSeconds(0.2),
            Executor = new OrleansExecutor(grains, new OrleansExecutorOptions { Name = search.Name, Slots = size, LeaseTime = TimeSpan.FromSeconds(2) }),
            Progress = new Stretches(count =>
            {
                if (count == done)
                    killing = kill();
            }),
        };
        var found = await Task.Factory.StartNew(() => Time(() => Searches.Run(search, trials, options)), TaskCreationOptions.LongRunning);
        await killing;
        return found;
    }

    private static void Write(string what, SearchResult result, double seconds, string verdict) =>
        Console.WriteLine($"{what,-30} {seconds,5:0.0} s  {result.Trials.Count} trials  best {result.Best.Value:0.0000}  weights {Searches.HashOf(result)}  {verdict}");

    private static (SearchResult Result, double Seconds) Time(Func<SearchResult> run)
    {
        var start = Stopwatch.GetTimestamp();
        return (run(), Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    /// <summary>Counts what was trained.</summary>
    private sealed class Stretches(Action<int>? told = null) : IProgress<TrialResult>
    {
        public int Count { get; private set; }

        public void Report(TrialResult value)
        {
            Count++;
            told?.Invoke(Count);
        }
    }
}
