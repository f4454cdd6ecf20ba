using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Search;

/// <summary>A process that runs trials, one after the other.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private const int KeptLines = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly Queue<string> _errors = new();

    private WorkerProcess(Process process)
    {
        _process = process;
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginErrorReadLine();
    }

    public bool HasEnded => _process.HasExited;

    /// <summary>Starts a worker and waits until it can be asked.</summary>
    /// <returns>The worker; null where that was cancelled.</returns>
    /// <exception cref="InvalidOperationException">It could not be started, or ended before it could be asked.</exception>
    public static async Task<WorkerProcess?> StartAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        WorkerProcess worker;
        try
        {
            worker = new WorkerProcess(Process.Start(start)!);
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw Contracts.Except(exception, $"The worker '{start.FileName}' could not be started: {exception.Message}");
        }

        await using (cancellationToken.Register(worker.Kill).ConfigureAwait(false))
        {
            while (await worker._process.StandardOutput.ReadLineAsync(CancellationToken.None).ConfigureAwait(false) is { } line)
            {
                if (line == WorkerLines.Ready)
                    return worker;
            }
        }

        using (worker)
        {
            if (cancellationToken.IsCancellationRequested)
                return null;
            throw Contracts.Except(
                $"The worker '{start.FileName} {string.Join(' ', start.ArgumentList)}' ended before it could be asked: call TrialWorker.RunIfAsked(args, ...) at the start of the "
                + $"program. {await worker.EndAsync().ConfigureAwait(false)}");
        }
    }

    /// <summary>Asks for a trial. A worker that does not answer when it is interrupted is killed.</summary>
    /// <returns>The reply; null where the process ended before.</returns>
    public async Task<TrialReply?> AskAsync(string request, StallWatch watch)
    {
        var reply = ReplyAsync(request, watch);
        await using (watch.Token.Register(Interrupt).ConfigureAwait(false))
        {
            if (!await watch.HasEndedAsync(reply).ConfigureAwait(false))
                Kill();
        }

        return await reply.ConfigureAwait(false);
    }

    /// <summary>How a process ended, and its last words.</summary>
    public async Task<string> EndAsync()
    {
        try
        {
            // Its children may keep its output open.
            using var patience = new CancellationTokenSource(Patience);
            await _process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Kill();
            _process.WaitForExit(Patience);
        }

        lock (_errors)
            return string.Create(CultureInfo.InvariantCulture, $"It ended with code {_process.ExitCode}{(_errors.Count == 0 ? "." : ": " + string.Join(Environment.NewLine, _errors))}");
    }

    public void Dispose()
    {
        try
        {
            // The end of its input ends it.
            _process.StandardInput.Dispose();
            if (!_process.WaitForExit(Patience))
                _process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            // It has ended already.
        }

        _process.Dispose();
    }

    private async Task<TrialReply?> ReplyAsync(string request, StallWatch watch)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(request).ConfigureAwait(false);
            await _process.StandardInput.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            while (await _process.StandardOutput.ReadLineAsync(CancellationToken.None).ConfigureAwait(false) is { } line)
            {
                if (line == WorkerLines.Epoch)
                    watch.Hear();
                else if (line.StartsWith(WorkerLines.Reply, StringComparison.Ordinal))
                    return TrialReply.FromJson(line[WorkerLines.Reply.Length..]);
            }
        }
        catch (IOException)
        {
            // Its pipe is broken.
        }

        return null;
    }

    private void Interrupt()
    {
        try
        {
            _process.StandardInput.WriteLine(WorkerLines.Cancel);
            _process.StandardInput.Flush();
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            // It has ended.
        }
    }

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended.
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_errors)
        {
            _errors.Enqueue(line);
            if (_errors.Count > KeptLines)
                _errors.Dequeue();
        }
    }
}
