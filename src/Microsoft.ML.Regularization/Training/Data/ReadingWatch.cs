namespace Microsoft.ML.Regularization;

/// <summary>Counts the rows that are read, for progress, and looks with each whether the fit is to end.</summary>
internal sealed class ReadingWatch(FitWatch watch)
{
    private long _rows;

    /// <summary>Rows of this pass so far; progress reads it on a thread of its own.</summary>
    public long Rows => Interlocked.Read(ref _rows);

    public void BeginPass() => Interlocked.Exchange(ref _rows, 0);

    /// <exception cref="OperationCanceledException">Training was cancelled, or its time is over.</exception>
    public void Observe()
    {
        watch.ThrowIfInterrupted();
        Volatile.Write(ref _rows, _rows + 1);
    }
}
