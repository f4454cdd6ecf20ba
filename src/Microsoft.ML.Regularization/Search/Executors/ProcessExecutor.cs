using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Microsoft.ML.Regularization.Search;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Runs trials in other processes of this machine: the program itself, started again, which calls <see cref="TrialWorker.RunIfAsked"/>. Many small networks train faster so
/// than one after the other on all processors, and a trial that crashes or is stuck takes only its process with it; it is then run again from its checkpoint.
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
    public async Task<TrialResult> RunAsync(TrialRequest request, ITrialRunner runner, CancellationToken cancellationToken)
    {
        Contracts.CheckValue(request, nameof(request));
        for (var deaths = 1; ; deaths++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var watch = new StallWatch(request.StallTime, _options.Clock, cancellationToken);
            var (reply, end) = await TryAsync(request, watch).ConfigureAwait(false);
            var isStuck = watch.IsStuck && !cancellationToken.IsCancellationRequested;
            if (reply is not null && !(isStuck && reply is { IsCancelled: true } or { Result.IsInterrupted: true }))
                return reply.Get();
            if (deaths >= _options.MaxDeaths && !cancellationToken.IsCancellationRequested)
                return TrialResult.Failed(request, string.Create(CultureInfo.InvariantCulture, $"{(isStuck ? watch.Reason : end)} Tries: {deaths}."));
        }
    }

    /// <summary>Ends the processes.</summary>
    public void Dispose()
    {
        while (_idle.TryTake(out var worker))
            worker.Dispose();
    }

    // The reply, or how the worker ended without one.
    private async Task<(TrialReply? Reply, string End)> TryAsync(TrialRequest request, StallWatch watch)
    {
        var worker = await TakeAsync(watch.Token).ConfigureAwait(false);
        if (worker is null)
            return (null, "");
        if (await worker.AskAsync(request.ToJson(), watch).ConfigureAwait(false) is { } reply)
        {
            _idle.Add(worker);
            return (reply, "");
        }

        using (worker)
            return (null, $"Its worker died. {await worker.EndAsync().ConfigureAwait(false)}");
    }

    private Task<WorkerProcess?> TakeAsync(CancellationToken cancellationToken)
    {
        while (_idle.TryTake(out var worker))
        {
            if (!worker.HasEnded)
                return Task.FromResult<WorkerProcess?>(worker);
            worker.Dispose();
        }

        return WorkerProcess.StartAsync(Start(), cancellationToken);
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
