using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.ML.Regularization.Orleans;

/// <summary>Silos that run trials.</summary>
public static class TrialWorkerExtensions
{
    /// <summary>
    /// Makes a silo run the trials of a search, one at a time for each call; on a machine with many processors call it several times, and divide the threads: trials compute
    /// with as many as <c>OMP_NUM_THREADS</c> says. A worker that has other rows or another space than the search refuses its trials. The thread
    /// pool of the silo's process keeps at least 8 threads, so that messages do not wait for trials.
    /// </summary>
    /// <param name="silo">The silo.</param>
    /// <param name="name">The name of the search: see <see cref="OrleansExecutorOptions.Name"/>.</param>
    /// <param name="runner">Makes rows and space as the search has them; called once, when the first trial comes.</param>
    /// <returns>The silo.</returns>
    /// <exception cref="ArgumentException">The name is blank.</exception>
    /// <example><code>
    /// builder.UseOrleans(silo => silo.UseFolderClustering("/shared/cluster").AddTrialWorker("fashion", MakeRunner));
    /// </code></example>
    public static ISiloBuilder AddTrialWorker(this ISiloBuilder silo, string name, Func<ITrialRunner> runner)
    {
        ArgumentNullException.ThrowIfNull(silo);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(runner);
        silo.Services.AddSingleton<IHostedService>(services => new TrialWorkerService(
            services.GetRequiredService<IGrainFactory>(),
            new TrialWorkerOptions(name, runner),
            services.GetService<TrialClock>()?.Time ?? TimeProvider.System,
            services.GetRequiredService<ILogger<TrialWorkerService>>()));
        return silo;
    }
}
