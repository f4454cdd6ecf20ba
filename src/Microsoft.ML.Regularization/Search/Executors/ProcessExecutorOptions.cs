using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>How many processes run trials, and what they are: see <see cref="ProcessExecutor"/>.</summary>
public sealed record ProcessExecutorOptions
{
    /// <summary>Processes, from 1 to 1024. Default: 2.</summary>
    public int Processes { get; init; } = 2;

    /// <summary>Threads that each of them computes with, from 1 to 1024. Default: null, an even share of this machine's processors, at least 1.</summary>
    public int? ThreadsPerTrial { get; init; }

    /// <summary>The program. Default: null, the one that is running.</summary>
    public string? FileName { get; init; }

    /// <summary>Its arguments, before that which makes it a worker: <see cref="TrialWorker.Argument"/>. Default: none.</summary>
    public ValueList<string> Arguments { get; init; } = [];

    /// <summary>
    /// After how many deaths of its workers a trial has failed, from 1 to 100; one that is stuck, see <see cref="SearchOptions.StallTime"/>, counts as dead. Default: 3.
    /// </summary>
    public int MaxDeaths { get; init; } = 3;

    /// <summary>The clock of <see cref="SearchOptions.StallTime"/>, which tests replace.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    internal int Threads => ThreadsPerTrial ?? Math.Max(1, Environment.ProcessorCount / Processes);

    internal void Validate(IExceptionContext context)
    {
        context.CheckValue(Arguments, nameof(Arguments));
        context.CheckBetween(Processes, nameof(Processes), 1, 1024);
        context.CheckBetween(Threads, nameof(ThreadsPerTrial), 1, 1024);
        context.CheckBetween(MaxDeaths, nameof(MaxDeaths), 1, 100);
    }
}
