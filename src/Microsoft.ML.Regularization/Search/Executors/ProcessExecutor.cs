using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Microsoft.ML.Regularization.Search;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Runs trials in other processes of this machine: the program itself, started again, which calls <see cref="TrialWorker.RunIfAsked"/>. Many small networks train faster so
/// than one after the other on all processors, and a trial that crashes takes only its process with it; it is then run again from its checkpoint.
/// </summary>
/// <example><code>
/// if (TrialWorker.RunIfAsked(args, MakeRunner))
///     return;
/// using var executor = new ProcessExecutor(new ProcessExecutorOptions { Processes = 4 });
/// var result = ml.Regularization().Search(MakeRunner(), budget, new SearchOptions { Executor = executor });
/// </code></example>
public sealed class ProcessExecutor : ITrialExecutor, IDisposable
{
    private readonly ProcessExecutorOptions _options;
    private readonly ConcurrentBag<WorkerProcess> _idle = [];

    /// <summary>Processes are started when they are needed, and kept for further trials.</summary>
    /// <param name="options">How many, and what they are; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public ProcessExecutor(ProcessExecutorOptions? options = null)
    {
        _options = options ?? new ProcessExecutorOptions();
        _options.Validate(new MLContext());
    }

    /// <inheritdoc/>
    public int Slots => _options.Processes;

    /// <inheritdoc/>
    public async Task<TrialResult> RunAsync(TrialRequest request, TrialRunner runner, CancellationToken cancellationToken)
    {
        Contracts.CheckValue(request, nameof(request));
        var json = request.ToJson();
        for (var deaths = 1; ; deaths++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var worker = await TakeAsync().ConfigureAwait(false);
            if (await worker.AskAsync(json, cancellationToken).ConfigureAwait(false) is { } reply)
            {
                _idle.Add(worker);
                return reply.Get();
            }

            using (worker)
            {
                if (deaths >= _options.MaxDeaths)
                    return Failed(request, string.Create(CultureInfo.InvariantCulture, $"Its worker died, {deaths} times in all. {worker.End()}"));
            }
        }
    }

    /// <summary>Ends the processes.</summary>
    public void Dispose()
    {
        while (_idle.TryTake(out var worker))
            worker.Dispose();
    }

    private static TrialResult Failed(TrialRequest request, string why) => new() { Trial = request.Trial, Share = request.Share, HasEnded = true, Failure = why };

    private Task<WorkerProcess> TakeAsync()
    {
        while (_idle.TryTake(out var worker))
        {
            if (!worker.HasEnded)
                return Task.FromResult(worker);
            worker.Dispose();
        }

        return WorkerProcess.StartAsync(Start());
    }

    private ProcessStartInfo Start()
    {
        var start = new ProcessStartInfo(_options.FileName ?? Environment.ProcessPath!)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (_options.FileName is null && Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(Assembly.GetEntryAssembly()!.Location);
        foreach (var argument in _options.Arguments.Append(TrialWorker.Argument))
            start.ArgumentList.Add(argument);

        // libtorch reads the one, .NET the other.
        var threads = _options.Threads.ToString(CultureInfo.InvariantCulture);
        start.Environment["OMP_NUM_THREADS"] = threads;
        start.Environment["DOTNET_PROCESSOR_COUNT"] = threads;
        return start;
    }
}
