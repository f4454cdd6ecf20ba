using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Where a training run leaves its state and how often, so that a run that was killed, cancelled or out of time goes on where it was: the next <c>Fit</c>
/// with the same options, rows and folder ends with the same weights, bit for bit, as a run that nothing interrupted.
/// </summary>
/// <remarks>
/// One folder is for one run; two at once are refused. <c>last.safetensors</c> is all there is to go on from, <c>best.safetensors</c> the weights of the best
/// epoch as the model file has them, <c>retraining.safetensors</c> the state of training anew on all rows
/// (<see cref="EarlyStopping.RetrainsOnAllRows"/>). Each is replaced as a whole, so there is always one that can be read. Where a run has ended, its
/// checkpoint gives the model again without training.
/// </remarks>
public sealed record CheckpointOptions
{
    /// <summary>The folder of the run; it is made where it does not exist.</summary>
    public required string Folder { get; init; }

    /// <summary>A checkpoint is written at the end of every so many epochs, at least 1 (of all). Default: 1.</summary>
    public int EveryEpochs { get; init; } = 1;

    /// <summary>
    /// A checkpoint is also written after the first batch that ends so long after the last one was written: at least 0, which writes after every batch.
    /// Null writes at the ends of epochs only. Default: 10 minutes.
    /// </summary>
    public TimeSpan? Interval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>What stands between writer and file.</summary>
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
