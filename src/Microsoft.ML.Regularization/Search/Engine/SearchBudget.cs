using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>What a search may cost. At least one of <see cref="Trials"/> and <see cref="Time"/> is set; whichever is reached first ends the search.</summary>
public sealed record SearchBudget
{
    /// <summary>What timers can wait for.</summary>
    internal static readonly TimeSpan MostTime = TimeSpan.FromDays(40);

    /// <summary>Trials in all, at least 1: the first one has the options as they were given. Default: null, as many as there is time for.</summary>
    public int? Trials { get; init; }

    /// <summary>
    /// Time in all, above 0 and at most 40 days. Trials that are running when it is over are interrupted at the next batch, and their best epochs count. A search that goes on after it was
    /// killed counts what it had spent; one whose time was over starts its time anew. Default: null, any.
    /// </summary>
    public TimeSpan? Time { get; init; }

    /// <summary>
    /// Memory that a trial may add to its process, in megabytes, at least 1; a trial that takes more is ended at its next batch and has failed. Default: null, any.
    /// </summary>
    public int? MaxMegabytes { get; init; }

    internal void Validate(IExceptionContext context)
    {
        if (Trials is null && Time is null)
            throw context.ExceptUserArg(nameof(Trials), "A search needs a budget, but both Trials and Time are null: set one of them.");
        if (Trials is { } trials)
            context.CheckAtLeast(trials, nameof(Trials), 1);
        if (Time is { } time && (time <= TimeSpan.Zero || time > MostTime))
            throw context.ExceptUserArg(nameof(Time), $"Time must be above 0 and at most {MostTime.TotalDays} days, but it is {time}.");
        if (MaxMegabytes is { } most)
            context.CheckAtLeast(most, nameof(MaxMegabytes), 1);
    }
}
