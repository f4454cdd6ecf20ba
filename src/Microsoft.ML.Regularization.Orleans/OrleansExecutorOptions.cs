namespace Microsoft.ML.Regularization.Orleans;

/// <summary>How trials are handed to silos: see <see cref="OrleansExecutor"/>.</summary>
public sealed record OrleansExecutorOptions
{
    /// <summary>
    /// The name of the search, by which workers know it: see <see cref="TrialWorkerExtensions.AddTrialWorker"/>. Searches that go on at the same time in one cluster have names of
    /// their own; a second one of the same name is refused.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>Trials that are handed out at the same time, from 1 to 10,000: as many as there are workers. Default: 8.</summary>
    public int Slots { get; init; } = 8;

    /// <summary>How long a worker may be silent until its trial goes to another one, from 1 second to 1 hour. Default: 10 seconds.</summary>
    public TimeSpan LeaseTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After how many workers that fell silent, or were stuck (<see cref="SearchOptions.StallTime"/>), a trial has failed, from 1 to 100. Default: 5.</summary>
    public int MaxDeaths { get; init; } = 5;

    /// <summary>
    /// How long the cluster may not answer, or have no worker for the search, until the search ends with an error, above 0; its journal keeps what is known. Default: 2 minutes.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    internal void Validate()
    {
        Check(!string.IsNullOrWhiteSpace(Name), nameof(Name), "a name", Name);
        Check(Slots is >= 1 and <= 10_000, nameof(Slots), "from 1 to 10000", Slots);
        Check(LeaseTime >= TimeSpan.FromSeconds(1) && LeaseTime <= TimeSpan.FromHours(1), nameof(LeaseTime), "from 1 second to 1 hour", LeaseTime);
        Check(MaxDeaths is >= 1 and <= 100, nameof(MaxDeaths), "from 1 to 100", MaxDeaths);
        Check(Patience > TimeSpan.Zero, nameof(Patience), "above 0", Patience);
    }

    private static void Check(bool isLegal, string option, string range, object value)
    {
        if (!isLegal)
            throw new ArgumentOutOfRangeException(option, FormattableString.Invariant($"{option} must be {range}, but it is {value}."));
    }
}
