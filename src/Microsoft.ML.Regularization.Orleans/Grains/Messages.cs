namespace Microsoft.ML.Regularization.Orleans;

/// <summary>A trial that a search asks for.</summary>
/// <param name="Ticket">Tells it from all others; the same for the same trial, folder and share.</param>
/// <param name="Request">A <see cref="TrialRequest"/> as JSON.</param>
/// <param name="LeaseTime">How long a worker may be silent.</param>
/// <param name="MaxDeaths">After how many deaths of its workers it has failed.</param>
/// <param name="Patience">How long there may be no worker for it.</param>
[GenerateSerializer]
[Immutable]
internal sealed record AskedTrial(
    [property: Id(0)] string Ticket,
    [property: Id(1)] string Request,
    [property: Id(2)] TimeSpan LeaseTime,
    [property: Id(3)] int MaxDeaths,
    [property: Id(4)] TimeSpan Patience);

/// <summary>A trial that a worker runs.</summary>
/// <param name="Asked">The trial.</param>
/// <param name="Lease">Tells the worker's turn from those of others.</param>
[GenerateSerializer]
[Immutable]
internal sealed record LeasedTrial([property: Id(0)] AskedTrial Asked, [property: Id(1)] string Lease);

/// <summary>What a worker is to do.</summary>
[GenerateSerializer]
internal enum WorkerOrder
{
    /// <summary>Go on.</summary>
    GoOn,

    /// <summary>End at the next batch, and tell what came of it.</summary>
    Interrupt,

    /// <summary>End at the next batch; somebody else has the trial, or nobody wants it.</summary>
    Abandon,
}
