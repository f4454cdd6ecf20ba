using System.Globalization;
using System.Runtime.ExceptionServices;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Threads that do the parts of short works together. A work takes tens of microseconds and the next one comes soon, so a thread waits by spinning for a while
/// before it sleeps: waking it takes as long as a work. Who has work takes parts of it too, and never waits for a thread to wake.
/// </summary>
internal sealed class ThreadTeam : IDisposable
{
    private const int PartBits = 20;
    private const long PartMask = (1L << PartBits) - 1;

    // A twentieth of a microsecond each.
    private const int Spins = 2000;

    private readonly ManualResetEventSlim _wake = new(initialState: true, spinCount: 0);
    private readonly List<Thread> _threads = [];

    private TeamWork? _work;
    private Exception? _failure;
    private bool _isBusy;
    private bool _isClosed;

    // Which work, how many parts it has, and which one is next: in one number, so that a thread cannot take a part of a work that has ended.
    private long _ticket;
    private int _done;

    /// <param name="size">Threads, the caller's included.</param>
    public ThreadTeam(int size) => Size = size;

    /// <summary>As many as libtorch takes: by the variable OMP_NUM_THREADS, or one for each processor.</summary>
    public static ThreadTeam Shared { get; } = new(
        int.TryParse(Environment.GetEnvironmentVariable("OMP_NUM_THREADS"), CultureInfo.InvariantCulture, out var threads) && threads > 0
            ? threads
            : Environment.ProcessorCount);

    public int Size { get; }

    /// <summary>Does all parts of a work. While the team has another caller's work, this caller does its own alone.</summary>
    /// <param name="work">The work.</param>
    /// <param name="parts">How many parts it has.</param>
    public void Run(TeamWork work, int parts)
    {
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

        while (Volatile.Read(ref _done) < parts)
            Thread.SpinWait(1);

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
    }

    private static bool HasParts(long ticket) => (ticket & PartMask) < ((ticket >> PartBits) & PartMask);

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

            Interlocked.Increment(ref _done);
            return true;
        }

        return false;
    }

    private void Start()
    {
        while (_threads.Count < Size - 1)
        {
            var thread = new Thread(Work) { IsBackground = true, Name = nameof(ThreadTeam) };
            _threads.Add(thread);
            thread.Start();
        }
    }

    private void Work()
    {
        while (!Volatile.Read(ref _isClosed))
        {
            if (TryRunPart() || Spin())
                continue;

            // A work that came before the reset is seen here; one that comes after it sets the event again.
            _wake.Reset();
            Interlocked.MemoryBarrier();
            if (!HasParts(Volatile.Read(ref _ticket)) && !Volatile.Read(ref _isClosed))
                _wake.Wait();
        }

        // The reset above may have come between the event and a thread that sleeps.
        _wake.Set();
    }

    private bool Spin()
    {
        for (var i = 0; i < Spins; i++)
        {
            if (HasParts(Volatile.Read(ref _ticket)))
                return true;
            Thread.SpinWait(1);
        }

        return false;
    }
}
