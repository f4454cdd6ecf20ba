using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.ML.Regularization.Orleans;

/// <summary>Runs the trials of a search on this silo, one after the other, on a thread of their own: grains go on meanwhile.</summary>
internal sealed partial class TrialWorkerService(
    IGrainFactory grains, TrialWorkerOptions options, TimeProvider time, ILogger<TrialWorkerService> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(1);

    // For a trial that was interrupted, and may have a batch to end and a checkpoint to write.
    private static readonly TimeSpan InterruptTime = TimeSpan.FromMinutes(1);

    // .NET starts with a thread for each processor, and adds others after half a second: on a silo with one processor, whoever waits for a file would hold up all messages.
    private const int LeastThreads = 8;

    private readonly Lazy<ITrialRunner> _runner = new(options.Runner);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        ThreadPool.GetMinThreads(out var threads, out var ports);
        ThreadPool.SetMinThreads(Math.Max(threads, LeastThreads), ports);
        var grain = grains.GetGrain<ISearchGrain>(options.Name);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await grain.TakeAsync().ConfigureAwait(false) is { } leased)
                    await RunAsync(grain, leased, stoppingToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (ClusterFailure.Is(exception))
            {
                // The silo is starting or stopping, or that of the grain has died.
                await Task.Delay(Pause, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private async Task RunAsync(ISearchGrain grain, LeasedTrial leased, CancellationToken stoppingToken)
    {
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var epochs = new EpochCount();
        var token = interrupt.Token;
        var training = Task.Factory.StartNew(
            () => TrialReply.Of(() => _runner.Value.Run(TrialRequest.FromJson(leased.Asked.Request), epochs, token)),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        var isAbandoned = await HeartbeatsAsync(grain, leased, training, epochs, interrupt).ConfigureAwait(false);
        if (!training.IsCompleted)
            LogStuck(logger, options.Name);

        // A silo that is shut down gives the trial back by its silence.
        if (isAbandoned || stoppingToken.IsCancellationRequested || !training.IsCompleted)
            return;
        var reply = await training.ConfigureAwait(false);
        for (var attempt = 0; attempt < leased.Asked.LeaseTime / Pause; attempt++)
        {
            try
            {
                await grain.CompleteAsync(leased, reply.ToJson()).ConfigureAwait(false);
                return;
            }
            catch (Exception exception) when (ClusterFailure.Is(exception))
            {
                await Task.Delay(Pause, CancellationToken.None).ConfigureAwait(false);
            }
        }

        LogLost(logger, options.Name);
    }

    // Until the trial has ended, or does not end when it is interrupted.
    private async Task<bool> HeartbeatsAsync(ISearchGrain grain, LeasedTrial leased, Task training, EpochCount epochs, CancellationTokenSource interrupt)
    {
        var interval = leased.Asked.LeaseTime / 8 < Heartbeat ? leased.Asked.LeaseTime / 8 : Heartbeat;
        var (isAbandoned, interrupted) = (false, (long?)null);
        while (!training.IsCompleted && !(interrupted is { } since && time.GetElapsedTime(since) > InterruptTime))
        {
            await Task.WhenAny(training, Task.Delay(interval, CancellationToken.None)).ConfigureAwait(false);
            if (isAbandoned || training.IsCompleted)
                continue;
            try
            {
                var order = await grain.HeartbeatAsync(leased, epochs.Done).ConfigureAwait(false);
                isAbandoned = order == WorkerOrder.Abandon;
                if (order == WorkerOrder.GoOn)
                    continue;
                interrupted ??= time.GetTimestamp();
                await interrupt.CancelAsync().ConfigureAwait(false);
            }
            catch (Exception exception) when (ClusterFailure.Is(exception))
            {
                // Whoever has the search next hears of the trial by the next heartbeat.
            }
        }

        return isAbandoned;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A trial of the search '{Search}' did not end when it was interrupted: its thread is left behind, and takes what it takes until the silo is restarted.")]
    private static partial void LogStuck(ILogger logger, string search);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The search '{Search}' could not be told of a trial: it will ask for it again.")]
    private static partial void LogLost(ILogger logger, string search);

    /// <summary>Counts the epochs of all networks of a trial.</summary>
    private sealed class EpochCount : IProgress<EpochReport>
    {
        private int _done;

        public int Done => Volatile.Read(ref _done);

        public void Report(EpochReport value) => Interlocked.Increment(ref _done);
    }
}
