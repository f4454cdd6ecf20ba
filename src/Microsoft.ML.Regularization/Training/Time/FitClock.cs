using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Training;

/// <summary>
/// The time that a fit has taken since it was called: reading, scaling, training and retraining, over all processes in which its run was continued.
/// </summary>
internal sealed class FitClock : ICheckpointed
{
    private readonly long _made;
    private long _start;
    private TimeSpan _before;

    /// <param name="time">The clock.</param>
    /// <param name="whole">See <see cref="NeuralNetworkOptions.TimeLimit"/>; null for none.</param>
    /// <param name="part">How much of it counts before <see cref="BeginRest"/>: above 0, to 1.</param>
    public FitClock(TimeProvider time, TimeSpan? whole = null, double part = 1)
    {
        (Time, Whole, Limit) = (time, whole, part.Equals(1) ? whole : whole * part);
        _made = _start = time.GetTimestamp();
    }

    public TimeProvider Time { get; }

    /// <summary>The limit that was asked for.</summary>
    public TimeSpan? Whole { get; }

    /// <summary>The part of it that counts now.</summary>
    public TimeSpan? Limit { get; private set; }

    public TimeSpan Elapsed => _before + Time.GetElapsedTime(_start);

    public bool IsOver => Limit is not null && Elapsed >= Limit;

    /// <summary>The share of the limit that is used, from 0 to 1; 0 without a limit.</summary>
    public double Share => Limit is { } limit ? Math.Min(1, Elapsed / limit) : 0;

    /// <summary>Restarts at 0.</summary>
    public void Restart() => (_before, _start) = (TimeSpan.Zero, Time.GetTimestamp());

    /// <summary>Restarts at 0 with all that is left of the whole limit, counted in this process.</summary>
    public void BeginRest()
    {
        Limit = Whole is { } whole ? whole - Time.GetElapsedTime(_made) : null;
        Restart();
    }

    public void Checkpoint(CheckpointState state)
    {
        // The time that this process took until it found the checkpoint counts too.
        var elapsed = state.Value("elapsed", Elapsed);
        if (state.IsReading)
            _before = elapsed;
    }
}
