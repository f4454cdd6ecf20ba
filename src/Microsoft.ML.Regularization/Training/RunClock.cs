using System.Diagnostics;

namespace Microsoft.ML.Regularization;

/// <summary>How long a run has trained, over all processes that it went on in.</summary>
internal sealed class RunClock : ICheckpointed
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _before;

    public TimeSpan Elapsed => _before + _clock.Elapsed;

    /// <summary>Starts anew at 0.</summary>
    public void Restart()
    {
        _before = TimeSpan.Zero;
        _clock.Restart();
    }

    public void Checkpoint(CheckpointState state)
    {
        _before = state.Value("elapsed", Elapsed);
        _clock.Restart();
    }
}
