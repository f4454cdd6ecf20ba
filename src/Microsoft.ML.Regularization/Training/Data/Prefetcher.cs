using System.Runtime.ExceptionServices;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Training;

/// <summary>
/// Fills buffers in turn on a separate thread, while another thread works with the ones filled before. Where the system cannot start a thread, each buffer is
/// filled when it is asked for.
/// </summary>
/// <typeparam name="T">A buffer.</typeparam>
internal sealed class Prefetcher<T> : IDisposable
    where T : class
{
    private readonly T[] _buffers;
    private readonly Func<T, bool> _fill;
    private readonly SemaphoreSlim _free;
    private readonly SemaphoreSlim _filled = new(0);
    private readonly Thread? _thread;
    private ExceptionDispatchInfo? _failure;
    private long _fills;
    private long _takes;
    private bool _isOver;
    private volatile bool _isStopped;

    /// <param name="name">The thread's.</param>
    /// <param name="buffers">One that is taken, and at least one to fill meanwhile.</param>
    /// <param name="fill">Fills a buffer; false where there is nothing more. It is called by one thread.</param>
    /// <param name="startThread">Starts a thread, or gives null; null for the system's.</param>
    public Prefetcher(string name, T[] buffers, Func<T, bool> fill, Func<string, ThreadStart, Thread?>? startThread = null)
    {
        (_buffers, _fill, _free) = (buffers, fill, new SemaphoreSlim(buffers.Length));
        _thread = (startThread ?? BackgroundThread.TryStart)(name, Fill);
    }

    /// <summary>
    /// The next buffer, which is the caller's until the next one is asked for; null where there are no more. Exceptions of filling are thrown here.
    /// </summary>
    public T? Take()
    {
        if (_thread is null)
            return FillNext();

        if (!_isOver)
        {
            if (_takes > 0)
                _free.Release();
            _filled.Wait();
            _isOver = _takes == Volatile.Read(ref _fills);
        }

        if (!_isOver)
            return _buffers[_takes++ % _buffers.Length];
        _failure?.Throw();
        return null;
    }

    /// <summary>Waits for the buffer that is being filled, and ends the thread.</summary>
    public void Dispose()
    {
        if (_isStopped)
            return;

        _isStopped = true;
        _free.Release();
        _thread?.Join();
        _free.Dispose();
        _filled.Dispose();
    }

    private T? FillNext()
    {
        var buffer = _buffers[_takes % _buffers.Length];
        _isOver = _isOver || !_fill(buffer);
        if (_isOver)
            return null;

        _takes++;
        return buffer;
    }

    private void Fill()
    {
        try
        {
            while (true)
            {
                _free.Wait();
                if (_isStopped || !_fill(_buffers[_fills % _buffers.Length]))
                    break;
                Volatile.Write(ref _fills, _fills + 1);
                _filled.Release();
            }
        }
        catch (Exception exception)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
        }

        _filled.Release();
    }
}
