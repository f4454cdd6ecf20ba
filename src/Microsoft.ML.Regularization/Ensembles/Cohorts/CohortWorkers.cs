using System.Runtime.ExceptionServices;
using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Tensors;
using TorchSharp;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>
/// Threads that work on several networks at once, each on one network at a time and with no help from others, so that a network's numbers do not depend on
/// how many threads there are. The caller is one of them.
/// </summary>
/// <param name="count">How many threads, at least 1.</param>
/// <param name="device">Where networks are computed.</param>
internal sealed class CohortWorkers(int count, torch.Device device) : IDisposable
{
    private readonly List<Thread> _threads = [];
    private readonly SemaphoreSlim _start = new(initialCount: 0);
    private readonly SemaphoreSlim _end = new(initialCount: 0);
    private Action<int>? _work;
    private ExceptionDispatchInfo?[] _failures = [];
    private int _items;
    private int _next;
    private volatile bool _isClosed;

    /// <summary>As many threads as there are processors; one where networks are not computed by processors.</summary>
    public static int CountFor(torch.Device device) => device.type == DeviceType.CPU ? ThreadTeam.Shared.Size : 1;

    /// <summary>Works on each of some items once.</summary>
    /// <param name="items">How many.</param>
    /// <param name="work">The work on one, by its number from 0.</param>
    public void Run(int items, Action<int> work)
    {
        (_work, _items, _next, _failures) = (work, items, 0, new ExceptionDispatchInfo?[items]);
        var helpers = Math.Min(StartThreads(), items - 1);
        if (helpers > 0)
            _start.Release(helpers);
        Drain();
        for (var i = 0; i < helpers; i++)
            _end.Wait();
        _failures.FirstOrDefault(failure => failure is not null)?.Throw();
    }

    public void Dispose()
    {
        _isClosed = true;
        if (_threads.Count > 0)
            _start.Release(_threads.Count);
        _threads.ForEach(thread => thread.Join());
        _start.Dispose();
        _end.Dispose();
    }

    // With fewer threads it takes longer, and the result is the same.
    private int StartThreads()
    {
        while (_threads.Count < count - 1 && BackgroundThread.TryStart(nameof(CohortWorkers), Serve) is { } thread)
            _threads.Add(thread);
        return _threads.Count;
    }

    private void Serve()
    {
        while (true)
        {
            _start.Wait();
            if (_isClosed)
                return;
            Drain();
            _end.Release();
        }
    }

    private void Drain()
    {
        using var alone = ThreadTeam.UseAlone();
        using var threads = TrainingThreads.Hold(teamThreads: 0, device);
        for (var item = Interlocked.Increment(ref _next) - 1; item < _items; item = Interlocked.Increment(ref _next) - 1)
        {
            try
            {
                _work!(item);
            }
            catch (Exception exception)
            {
                _failures[item] = ExceptionDispatchInfo.Capture(exception);
            }
        }
    }
}
