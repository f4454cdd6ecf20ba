using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;

namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>
/// Threads that do the parts of short works together. A work takes tens of microseconds and the next one comes soon, so a thread waits by spinning for a while
/// before it sleeps: waking it takes as long as a work. Who has work takes parts of it too, and never waits for a thread to wake. Who spins yields now and
/// then, since on busy processors those it waits for may need the very one that it spins on.
/// </summary>
internal sealed class ThreadTeam : IDisposable
{
    private const int PartBits = 20;
    private const long PartMask = (1L << PartBits) - 1;

    // A spin takes about a twentieth of a microsecond.
    private const int MostSpins = 2000;
    private const int LeastSpins = 60;
    private const int SpinsToYield = 200;

    // Where a thread could not be started, so many works go by before the next try.
    private const int WorksToRetry = 1000;

    // If the next work comes later than this, sleeping is cheaper than spinning.
    private static readonly TimeSpan ShortPause = TimeSpan.FromMicroseconds(200);

    private static readonly ThreadTeam Alone = new(size: 1);

    private readonly ManualResetEventSlim _wake = new(initialState: true, spinCount: 0);
    private readonly ManualResetEventSlim _finished = new(initialState: false, spinCount: 0);
    private readonly List<Thread> _threads = [];
    private readonly Func<string, ThreadStart, Thread?> _startThread;

    private TeamWork? _work;
    private Exception? _failure;
    private bool _isBusy;
    private bool _isClosed;
    private bool _isAwaited;
    private int _worksToRetry;

    // Which work, how many parts it has, and which one is next: in one number, so that a thread cannot take a part of a work that has ended.
    private long _ticket;
    private int _done;

    /// <param name="size">Threads, the caller's included.</param>
    /// <param name="startThread">Starts a thread, or gives null; null for the system's.</param>
    public ThreadTeam(int size, Func<string, ThreadStart, Thread?>? startThread = null) =>
        (Size, _startThread) = (size, startThread ?? BackgroundThread.TryStart);

    /// <summary>As many as libtorch takes: by the variable OMP_NUM_THREADS, or one for each processor.</summary>
    public static ThreadTeam Shared { get; } = new(
        int.TryParse(Environment.GetEnvironmentVariable("OMP_NUM_THREADS"), CultureInfo.InvariantCulture, out var threads) && threads > 0
            ? threads
            : Environment.ProcessorCount);

    /// <summary>Who does the calling thread's works: the team that it holds, else the shared one.</summary>
    public static ThreadTeam Current => HeldTeam.OfThread ?? Shared;

    public int Size { get; }

    /// <summary>
    /// Until the result is disposed, the calling thread does all its works by itself, so that several threads compute at the same time without waiting for each
    /// other.
    /// </summary>
    public static HeldTeam UseAlone() => Use(Alone);

    /// <summary>Until the result is disposed, <see cref="Current"/> is this team for the calling thread.</summary>
    public static HeldTeam Use(ThreadTeam team) => new(team);

    /// <summary>Does all parts of a work. While the team has another caller's work, this caller does its own alone.</summary>
    /// <param name="work">The work.</param>
    /// <param name="parts">How many parts it has.</param>
    public void Run(TeamWork work, int parts)
    {
        // The caller's parts find what those of other threads find.
        using var none = HeldLibrary.Use(null);
        if (Size == 1 || parts == 1 || parts > PartMask || Interlocked.CompareExchange(ref _isBusy, true, false))
        {
            work.RunAlone(parts);
            return;
        }

        Start();
        _work = work;
        _done = 0;
        var generation = (_ticket >> (2 * PartBits)) + 1;
        Volatile.Write(ref _ticket, (generation << (2 * PartBits)) | ((long)parts << PartBits));

        // A thread that is about to sleep either sees the ticket or has its event set.
        Interlocked.MemoryBarrier();
        if (!_wake.IsSet)
            _wake.Set();

        while (TryRunPart())
        {
        }

        WaitForOthers(parts);
        var failure = _failure;
        (_work, _failure) = (null, null);
        Volatile.Write(ref _isBusy, false);
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _isClosed, true);
        _wake.Set();
        _threads.ForEach(thread => thread.Join());
        _wake.Dispose();
        _finished.Dispose();
    }

    private static bool HasParts(long ticket) => (ticket & PartMask) < Parts(ticket);

    private static long Parts(long ticket) => (ticket >> PartBits) & PartMask;

    private bool TryRunPart()
    {
        var ticket = Volatile.Read(ref _ticket);
        while (HasParts(ticket))
        {
            var seen = Interlocked.CompareExchange(ref _ticket, ticket + 1, ticket);
            if (seen != ticket)
            {
                ticket = seen;
                continue;
            }

            try
            {
                _work!.Run((int)(ticket & PartMask));
            }
            catch (Exception exception)
            {
                _failure = exception;
            }

            if (Interlocked.Increment(ref _done) == Parts(ticket) && Volatile.Read(ref _isAwaited))
                _finished.Set();
            return true;
        }

        return false;
    }

    private void WaitForOthers(int parts)
    {
        for (var i = 1; i <= MostSpins; i++)
        {
            if (Volatile.Read(ref _done) == parts)
                return;
            SpinOnce(i);
        }

        // Either this thread sees that the last part is done, or the thread that does it sees that it is awaited. The event may still be set by the previous work.
        Volatile.Write(ref _isAwaited, true);
        while (true)
        {
            _finished.Reset();
            Interlocked.MemoryBarrier();
            if (Volatile.Read(ref _done) == parts)
                break;
            _finished.Wait();
        }

        Volatile.Write(ref _isAwaited, false);
    }

    // With fewer threads the team is slower, but the result is the same.
    private void Start()
    {
        if (_threads.Count == Size - 1 || _worksToRetry-- > 0)
            return;

        while (_threads.Count < Size - 1)
        {
            if (_startThread(nameof(ThreadTeam), Work) is not { } thread)
            {
                _worksToRetry = WorksToRetry;
                return;
            }

            _threads.Add(thread);
        }
    }

    private void Work()
    {
        var spins = MostSpins;
        while (!Volatile.Read(ref _isClosed))
        {
            if (TryRunPart())
                continue;

            var start = Stopwatch.GetTimestamp();
            if (Spin(spins))
                continue;

            // A work that came before the reset is seen here; one that comes after it sets the event again.
            _wake.Reset();
            Interlocked.MemoryBarrier();
            if (!HasParts(Volatile.Read(ref _ticket)) && !Volatile.Read(ref _isClosed))
                _wake.Wait();
            spins = Stopwatch.GetElapsedTime(start) < ShortPause ? MostSpins : Math.Max(LeastSpins, spins / 2);
        }

        // The reset above may have come between the event and a thread that sleeps.
        _wake.Set();
    }

    private bool Spin(int spins)
    {
        for (var i = 1; i <= spins; i++)
        {
            if (HasParts(Volatile.Read(ref _ticket)))
                return true;
            SpinOnce(i);
        }

        return false;
    }

    private static void SpinOnce(int i)
    {
        if (i % SpinsToYield == 0)
            Thread.Yield();
        else
            Thread.SpinWait(1);
    }
}
