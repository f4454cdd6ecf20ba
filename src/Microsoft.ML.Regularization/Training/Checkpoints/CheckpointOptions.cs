using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Saves the state of a training run at intervals, so that a run that was killed, cancelled or ran out of time can be resumed. The next <c>Fit</c> with the
/// same options, rows and folder continues from the last checkpoint and ends with the same weights, bit for bit, as an uninterrupted run.
/// </summary>
/// <remarks>
/// A folder belongs to one run; two runs at once in the same folder are refused. <c>last.safetensors</c> holds the state to resume from,
/// <c>best.safetensors</c> the weights of the best epoch as in the model file, and <c>retraining.safetensors</c> the state of retraining on all rows
/// (<see cref="EarlyStopping.RetrainsOnAllRows"/>). Each file is replaced as a whole, so a readable one always exists. Once a run has ended, <c>Fit</c>
/// restores the model from the checkpoint without training.
/// </remarks>
public sealed record CheckpointOptions
{
    /// <summary>The folder of the run; it is created if it does not exist.</summary>
    public required string Folder { get; init; }

    /// <summary>Number of epochs from one checkpoint to the next, at least 1 (a checkpoint after every epoch). Default: 1.</summary>
    public int EveryEpochs { get; init; } = 1;

    /// <summary>
    /// Time after which a checkpoint is also written within an epoch, once the current batch ends: at least 0, which writes after every batch. Null writes at
    /// the end of epochs only. Default: 10 minutes.
    /// </summary>
    public TimeSpan? Interval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Wraps the file stream that a checkpoint is written to.</summary>
    internal Func<Stream, Stream> Through { get; init; } = file => file;

    internal void Validate(IExceptionContext context)
    {
        if (string.IsNullOrWhiteSpace(Folder))
            throw context.ExceptUserArg(nameof(Folder), $"Folder must name a folder, but it is {(Folder is null ? "null" : "blank")}.");
        context.CheckAtLeast(EveryEpochs, nameof(EveryEpochs), 1);
        if (Interval is { } interval && interval < TimeSpan.Zero)
            throw context.ExceptUserArg(nameof(Interval), $"Interval must be at least 0, but it is {interval}.");
    }
}
