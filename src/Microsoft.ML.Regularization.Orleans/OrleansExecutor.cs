using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Microsoft.ML.Regularization.Orleans;

/// <summary>
/// Runs trials on the silos of an Orleans cluster that have workers for the search: see <see cref="TrialWorkerExtensions.AddTrialWorker"/>. What travels is the trial, its folder
/// and the fingerprint of rows and space; rows do not, and neither does anything secret. The folder is one that all machines share.
/// </summary>
/// <remarks>
/// A silo may die at any moment. A trial whose worker is silent, or stuck (<see cref="SearchOptions.StallTime"/>), goes to another one, which goes on from its last checkpoint and ends with
/// the same weights, bit for bit, as if nothing had happened. The search itself runs in the process that has the executor, which may die too: started again, it goes on by its journal.
/// </remarks>
/// <example><code>
/// var executor = new OrleansExecutor(client, new OrleansExecutorOptions { Name = "fashion", Slots = 12 });
/// var result = ml.Regularization().Search(runner, budget, new SearchOptions { Folder = "/shared/fashion", Executor = executor });
/// </code></example>
public sealed class OrleansExecutor : ITrialExecutor
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly IGrainFactory _grains;
    private readonly OrleansExecutorOptions _options;

    /// <summary>An executor.</summary>
    /// <param name="grains">A client of the cluster, or the grain factory of a silo.</param>
    /// <param name="options">The search's name, and more.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public OrleansExecutor(IGrainFactory grains, OrleansExecutorOptions options)
    {
        ArgumentNullException.ThrowIfNull(grains);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        (_grains, _options) = (grains, options);
    }

    /// <inheritdoc/>
    public int Slots => _options.Slots;

    /// <inheritdoc/>
    public async Task<TrialResult> RunAsync(TrialRequest request, ITrialRunner runner, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        var asked = new AskedTrial(TicketOf(request), request.ToJson(), _options.LeaseTime, _options.MaxDeaths, _options.Patience);
        var grain = _grains.GetGrain<ISearchGrain>(_options.Name);
        await using var cancelling = cancellationToken.Register(() => _ = TryAsync(() => grain.CancelAsync(asked.Ticket))).ConfigureAwait(false);
        return TrialReply.FromJson(await AskAsync(grain, asked, cancellationToken).ConfigureAwait(false)).Get();
    }

    private async Task<string> AskAsync(ISearchGrain grain, AskedTrial asked, CancellationToken cancellationToken)
    {
        for (var heard = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                var reply = await grain.RunAsync(asked).ConfigureAwait(false);
                heard = Stopwatch.GetTimestamp();
                if (reply is not null)
                {
                    await TryAsync(() => grain.ForgetAsync(asked.Ticket)).ConfigureAwait(false);
                    return reply;
                }

                // The silo of the grain may have died with the word that it is cancelled.
                if (cancellationToken.IsCancellationRequested)
                    await grain.CancelAsync(asked.Ticket).ConfigureAwait(false);
            }
            catch (Exception exception) when (ClusterFailure.Is(exception))
            {
                if (Stopwatch.GetElapsedTime(heard) > _options.Patience)
                {
                    throw new InvalidOperationException(
                        $"The cluster has not answered for {_options.Patience}: start silos with workers for '{_options.Name}', and then the search again, which goes on by its journal. "
                        + exception.Message,
                        exception);
                }

                await Task.Delay(Pause, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    // A search that died and is started again asks for trials that are still running by the same name.
    private static string TicketOf(TrialRequest request) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes((request with { TimeLimit = null }).ToJson())));

    private static async Task TryAsync(Func<Task> call)
    {
        try
        {
            await call().ConfigureAwait(false);
        }
        catch (Exception exception) when (ClusterFailure.Is(exception))
        {
            // It will be said again, or forgotten in time.
        }
    }
}
