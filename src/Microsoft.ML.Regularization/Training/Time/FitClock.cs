using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Training;

/// <summary>
/// The time that a fit has taken since it was called: reading, scaling, training and retraining, over all processes in which its run was continued.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="limit">See <see cref="NeuralNetworkOptions.TimeLimit"/>; null for none.</param>
internal sealed class FitClock(TimeProvider time, TimeSpan? limit = null) : ICheckpointed
{
    private long _start = time.GetTimestamp();
    private TimeSpan _before;

    public TimeProvider Time => time;

    public TimeSpan? Limit => limit;

    public TimeSpan Elapsed => _before + time.GetElapsedTime(_start);

    public bool IsOver => limit is not null && Elapsed >= limit;

    /// <summary>The share of the limit that is used, from 0 to 1; 0 without a limit.</summary>
    public double Share => limit is { } whole ? Math.Min(1, Elapsed / whole) : 0;

    /// <summary>Restarts at 0.</summary>
    public void Restart() => (_before, _start) = (TimeSpan.Zero, time.GetTimestamp());

    public void Checkpoint(CheckpointState state)
    {
        // The time that this process took until it found the checkpoint counts too.
        var elapsed = state.Value("elapsed", Elapsed);
        if (state.IsReading)
            _before = elapsed;
    }
}
