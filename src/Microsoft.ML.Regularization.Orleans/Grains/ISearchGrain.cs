namespace Microsoft.ML.Regularization.Orleans;

/// <summary>
/// Hands the trials of one search, by whose name it is known, to workers. It keeps nothing that is not elsewhere: the search asks for what it does not know of, workers tell it
/// what they are at, and checkpoints lie in the shared folder. So it may die with its silo, and goes on where Orleans makes it anew.
/// </summary>
internal interface ISearchGrain : IGrainWithStringKey
{
    /// <summary>After so long a call is taken for lost, as one to a silo that died is, and made again.</summary>
    const string Timeout = "00:00:06";

    /// <summary>Called by the search, again and again: has a trial run, and waits a while for what comes of it.</summary>
    /// <param name="asked">The trial.</param>
    /// <returns>A <see cref="TrialReply"/> as JSON; null where there is none yet.</returns>
    [ResponseTimeout(Timeout)]
    Task<string?> RunAsync(AskedTrial asked);

    /// <summary>Called by the search: interrupts a trial at the next batch. It is asked for further on, until there is a reply.</summary>
    [ResponseTimeout(Timeout)]
    Task CancelAsync(string ticket);

    /// <summary>Called by the search: what it was told has arrived.</summary>
    [ResponseTimeout(Timeout)]
    Task ForgetAsync(string ticket);

    /// <summary>Called by a worker: waits a while for a trial; null where there is none.</summary>
    [ResponseTimeout(Timeout)]
    Task<LeasedTrial?> TakeAsync();

    /// <summary>Called by a worker, again and again while a trial runs.</summary>
    /// <param name="leased">What it runs.</param>
    /// <param name="epochs">Epochs that have ended, of all networks of the trial: one whose number stays the same for too long is stuck.</param>
    [ResponseTimeout(Timeout)]
    Task<WorkerOrder> HeartbeatAsync(LeasedTrial leased, int epochs);

    /// <summary>Called by a worker when a trial is over.</summary>
    /// <param name="leased">What it ran.</param>
    /// <param name="reply">A <see cref="TrialReply"/> as JSON.</param>
    [ResponseTimeout(Timeout)]
    Task CompleteAsync(LeasedTrial leased, string reply);
}
