using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>How a search goes about.</summary>
public sealed record SearchOptions
{
    /// <summary>
    /// The folder of the search: its journal, and the checkpoints and models of its trials. The next search in it goes on where the last one ended, also after a kill. It
    /// belongs to one search; a second one at the same time is refused. Default: null, a temporary folder, which is deleted.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>Where trials run. Default: null, one after the other in this process.</summary>
    public ITrialExecutor? Executor { get; init; }

    /// <summary>The metric of the validation rows that is searched for the best of; its best direction is known. Default: <see cref="ValidationMetric.Loss"/>.</summary>
    public ValidationMetric Metric { get; init; } = ValidationMetric.Loss;

    /// <summary>
    /// Into how many stretches a trial's epochs are divided, from 1 to 8 (1: every trial is trained to its end). With 3 and a <see cref="Reduction"/> of 3 all trials of a
    /// round are trained for a ninth of their epochs, the best third goes on to a third of them, and the best of these to the end. Default: 3.
    /// </summary>
    public int Rungs { get; init; } = 3;

    /// <summary>Of how many trials one goes on to the next stretch, which is so many times as long: from 2 to 10. Default: 3.</summary>
    public int Reduction { get; init; } = 3;

    /// <summary>
    /// Trials of a round, from 1 to 10,000. Those of the next one are proposed by what is known by then. Many workers need large rounds. Default: null,
    /// <see cref="Reduction"/> to the power of <see cref="Rungs"/> - 1, at least 8.
    /// </summary>
    public int? RoundTrials { get; init; }

    /// <summary>
    /// How much training a trial may lose whose process dies: the time after which a checkpoint is written within a stretch, once the current batch ends; at least 0, which
    /// writes after every batch. At the end of a stretch one is written in any case. Default: 30 seconds.
    /// </summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a trial may go without the end of an epoch, from 1 second to 40 days: its worker is then taken for stuck. The trial is interrupted at the next batch and tried again from
    /// its checkpoint; a worker that has not ended a minute later is killed, if it is a process, or left behind, if it is a thread. A trial that is stuck again and again has
    /// failed: after the third time in this process, otherwise as the executor says. It should exceed the longest epoch together with the reading of the rows. Default: 1 hour.
    /// </summary>
    public TimeSpan StallTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Seed of what is drawn, and of trials whose options have none. Default: null, which takes the seed of the <see cref="MLContext"/> or, where that has none, 1.</summary>
    public int? Seed { get; init; }

    /// <summary>Is told of every trial that has reached the share of its epochs that was asked for. Default: null.</summary>
    public IProgress<TrialResult>? Progress { get; init; }

    /// <summary>Ends the search: running trials are interrupted at the next batch, and the best model so far is returned.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>The clock of <see cref="SearchBudget.Time"/>, and of <see cref="StallTime"/> in this process, which tests replace.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What stands between the journal and its file.</summary>
    internal Func<Stream, Stream> Through { get; init; } = file => file;

    internal int RoundSize => RoundTrials ?? Math.Max(8, (int)Math.Pow(Reduction, Rungs - 1));

    internal void Validate(IExceptionContext context)
    {
        if (Folder is not null && string.IsNullOrWhiteSpace(Folder))
            throw context.ExceptUserArg(nameof(Folder), "Folder must name a folder or be null, but it is blank.");
        context.CheckDefined(Metric, nameof(Metric));
        context.CheckBetween(Rungs, nameof(Rungs), 1, 8);
        context.CheckBetween(Reduction, nameof(Reduction), 2, 10);
        context.CheckBetween(RoundSize, nameof(RoundTrials), 1, 10_000);
        if (CheckpointInterval < TimeSpan.Zero)
            throw context.ExceptUserArg(nameof(CheckpointInterval), $"CheckpointInterval must be at least 0, but it is {CheckpointInterval}.");
        if (StallTime < TimeSpan.FromSeconds(1) || StallTime > SearchBudget.MostTime)
            throw context.ExceptUserArg(nameof(StallTime), $"StallTime must be from 1 second to {SearchBudget.MostTime.TotalDays} days, but it is {StallTime}.");
        if (Executor is { Slots: < 1 })
            throw context.ExceptUserArg(nameof(Executor), $"Executor must have one slot at least, but it has {Executor.Slots}.");
    }
}
