using System.Globalization;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Whether a fit is to end before it is done: because it was cancelled, or because its time is over. Every loop over rows checks it.</summary>
/// <param name="clock">The fit's clock; null for one without a limit.</param>
/// <param name="host">Knows of ML.NET's own cancellation.</param>
/// <param name="cancellationToken">See <see cref="NeuralNetworkOptions.CancellationToken"/>.</param>
internal sealed class FitWatch(FitClock? clock = null, IHost? host = null, CancellationToken cancellationToken = default)
{
    public FitClock Clock { get; } = clock ?? new FitClock(TimeProvider.System);

    /// <summary>The reason why the fit is to end; null if it continues.</summary>
    public StopReason? Interruption =>
        cancellationToken.IsCancellationRequested || host.IsCancelled() ? StopReason.Cancelled
        : Clock.IsOver ? StopReason.TimeLimit
        : null;

    /// <exception cref="OperationCanceledException">The fit is to end, for whichever reason.</exception>
    public void ThrowIfInterrupted()
    {
        if (Interruption is not { } reason)
            return;
        cancellationToken.ThrowIfCancellationRequested();
        throw new OperationCanceledException($"Training ended before it was done: {reason}.");
    }

    /// <summary>The exception for a fit that ends before it has a result.</summary>
    /// <param name="reason">Why it ends.</param>
    /// <param name="where">When, to follow "reached".</param>
    public Exception Nothing(StopReason reason, string where) => reason == StopReason.Cancelled
        ? new OperationCanceledException($"Training was cancelled {where}, before there was a result.", cancellationToken)
        : new TimeoutException(string.Create(
            CultureInfo.InvariantCulture,
            $"TimeLimit ({Clock.Whole}) was reached {where}, before there was a result: raise it, or train on fewer rows. It counts from the start, with the "
            + $"time that reading and scaling the rows take."));
}
