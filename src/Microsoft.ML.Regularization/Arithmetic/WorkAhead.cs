namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>
/// Makes one thing after another on several threads, ahead of the thread that uses them in their order. Who waits for one helps with the next ones, so that
/// nothing depends on a thread of the pool being free, and none is held between two of them.
/// </summary>
/// <param name="places">Things that there is room for: number i has place i modulo this.</param>
/// <param name="threads">Threads that make things at the same time, that of the user included.</param>
/// <param name="make">Makes the thing at a place; it must not throw.</param>
internal sealed class WorkAhead(int places, int threads, Action<int> make) : IThreadPoolWorkItem, IDisposable
{
    private readonly Lock _gate = new();
    // A thing takes longer than waking a thread.
    private readonly ManualResetEventSlim _change = new(initialState: false, spinCount: 0);
    private readonly bool[] _isMade = new bool[places];
    private long _ordered;
    private long _begun;
    private int _helpers;
    private int _making;
    private bool _isClosed;

    /// <summary>Orders the next thing. Its place must not be in use any more.</summary>
    public void Order()
    {
        lock (_gate)
        {
            _isMade[_ordered++ % places] = false;
            if (_helpers == threads - 1)
                return;
            _helpers++;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Returns when a thing is made that was ordered.</summary>
    /// <param name="number">Its number, from 0.</param>
    public void Await(long number)
    {
        while (true)
        {
            _change.Reset();
            if (IsMade(number))
                return;
            if (TryBegin() is { } next)
                Make(next);
            else
                _change.Wait();
        }
    }

    /// <summary>Begins nothing any more, and waits for what is being made.</summary>
    public void Dispose()
    {
        while (true)
        {
            _change.Reset();
            lock (_gate)
            {
                _isClosed = true;
                if (_making == 0)
                    return;
            }

            _change.Wait();
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (TryBegin(isHelper: true) is { } number)
            Make(number);
    }

    private bool IsMade(long number)
    {
        lock (_gate)
            return _isMade[number % places];
    }

    private long? TryBegin(bool isHelper = false)
    {
        lock (_gate)
        {
            if (!_isClosed && _begun < _ordered)
            {
                _making++;
                return _begun++;
            }

            if (isHelper)
                _helpers--;
            return null;
        }
    }

    private void Make(long number)
    {
        var place = (int)(number % places);
        make(place);
        lock (_gate)
        {
            _isMade[place] = true;
            _making--;
        }

        _change.Set();
    }
}
