using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.ML.Regularization;
using Microsoft.ML.Regularization.Orleans;

namespace DistributedSearch;

/// <summary>
/// How much of the time a search spends on anything but trials: trials that take five seconds each by their time limit, in this process, in worker processes and on silos.
/// </summary>
internal sealed class ScaleTest(int workers, int trialsEach)
{
    private readonly DigitSearch _search = new("timed");
    private double _alone;

    public async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("scaled-search").FullName;
        Console.WriteLine($"{"trials of 5 s",-24} {"workers",7} {"trials",6} {"seconds",8} {"overhead",9}");
        try
        {
            _alone = FitAlone();
            Console.WriteLine($"{"fits without a search",-24} {1,7} {trialsEach,6} {_alone,8:0.00}");
            Run("in this process", folder, executor: null, slots: 1);
            using (var processes = new ProcessExecutor(new ProcessExecutorOptions { Processes = workers, ThreadsPerTrial = 1, Arguments = [_search.Name] }))
                Run("processes", folder, processes, workers);

            var silos = await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => SiloProcess.StartAsync(folder)));
            try
            {
                // begin orleansExecutor
                using var client = await SearchSilo.ConnectAsync(folder);
                var cluster = client.Services.GetRequiredService<IClusterClient>();
                var executor = new OrleansExecutor(cluster, new OrleansExecutorOptions { Name = _search.Name, Slots = workers });
                // end orleansExecutor

                Run("silos", folder, executor, workers);
            }
            finally
            {
                Array.ForEach(silos, silo => silo.Dispose());
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private double FitAlone()
    {
        _search.FitAlone();
        var start = Stopwatch.GetTimestamp();
        for (var fit = 0; fit < trialsEach; fit++)
            _search.FitAlone();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    // The first trial of a process loads libtorch and compiles the code, which is not the search's doing.
    private void Run(string name, string folder, ITrialExecutor? executor, int slots)
    {
        var options = new SearchOptions { Folder = Path.Combine(folder, name), Executor = executor, Rungs = 1, RoundTrials = slots * trialsEach };
        Searches.Run(_search, slots, options);
        var trials = slots * (1 + trialsEach);
        var start = Stopwatch.GetTimestamp();
        Searches.Run(_search, trials, options);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine($"{name,-24} {slots,7} {slots * trialsEach,6} {seconds,8:0.00} {seconds / _alone - 1,9:0.0%}");
    }
}
