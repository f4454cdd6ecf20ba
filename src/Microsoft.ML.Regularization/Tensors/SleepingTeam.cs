using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Tensors;

/// <summary>
/// While any of these is not disposed, threads of GNU's OpenMP that wait for work sleep almost at once. By themselves they spin for milliseconds, and beside
/// a busy process, or with fewer processors than they were made for, a fit then takes many times as long. Where there are more OpenMP threads than
/// processors they spin for about a microsecond (GNU libgomp, GOMP_SPINCOUNT): here are the missing ones, which do nothing.
/// </summary>
internal sealed class SleepingTeam : IDisposable
{
    private static readonly Lock Gate = new();
    private static readonly ManualResetEventSlim End = new(initialState: false, spinCount: 0);
    private static int _holders;
    private static Thread? _owner;

    private bool _isHeld = true;

    private SleepingTeam()
    {
    }

    /// <summary>Whether the threads are there.</summary>
    public static bool IsThere
    {
        get
        {
            lock (Gate)
                return _owner is not null;
        }
    }

    // If the environment says how threads wait, that is left alone.
    private static bool IsWanted =>
        OpenMp.IsGnu && Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is null && Environment.GetEnvironmentVariable("GOMP_SPINCOUNT") is null;

    public static SleepingTeam Hold()
    {
        lock (Gate)
        {
            if (_holders++ == 0 && IsWanted)
                _owner = BackgroundThread.TryStart(nameof(SleepingTeam), Sleep);
        }

        return new SleepingTeam();
    }

    public void Dispose()
    {
        lock (Gate)
        {
            if (!_isHeld)
                return;

            _isHeld = false;
            if (--_holders > 0 || _owner is null)
                return;

            // OpenMP's threads end with the one that they belong to.
            End.Set();
            _owner.Join();
            End.Reset();
            _owner = null;
        }
    }

    // As many as processors; with the one that computes there is at least one more.
    private static void Sleep()
    {
        OpenMp.MakeSleepingTeam(Math.Max(OpenMp.Processors, Environment.ProcessorCount));
        End.Wait();
    }
}
